/** What a rule says of its examples, and libvirt can be asked. */
export type Claim =
  | "the good example defines, by libvirt's schemas as well"
  | "the bad example is refused when defined"
  | "the bad example of a later stage defines"
  | "the good example starts"
  | "the bad example is refused at start";

/** Where libvirt answers otherwise than a rule claims, and why the rule is right all the same. */
export interface Disagreement {
  readonly code: string;
  readonly claim: Claim;
  /** What libvirt's refusal must hold; absent where it accepts. */
  readonly words?: string;
  readonly reason: string;
  /** Whether another host may agree, so that agreement is no mistake in this table. @default false */
  readonly ofThisHost?: boolean;
}

const DEFINES = "the good example defines, by libvirt's schemas as well";
const REFUSED = "the bad example is refused when defined";
const STARTS = "the good example starts";
const NOT_STARTED = "the bad example is refused at start";

const NO_ARM = "needs QEMU for Arm, which is a package of its own";
const NO_ARM_WORDS = "No emulator found for arch 'aarch64'";
const NO_ITANIUM = "is about Itanium, for which no QEMU is left: the host of the example is an old one";
const NO_ITANIUM_WORDS = "No emulator found for arch 'ia64'";
const USB_ORDER =
  "libvirt's schema wants vendor before product, and the writer sorts; the provider's order is libvirt's, and libvirt's parser minds none";
const NO_HUGE_PAGES = "needs a host with huge pages";

export const DISAGREEMENTS: readonly Disagreement[] = [
  { code: "VIRT-FW-003", claim: DEFINES, words: NO_ARM_WORDS, reason: NO_ARM, ofThisHost: true },
  { code: "VIRT-GFX-013", claim: DEFINES, words: NO_ARM_WORDS, reason: NO_ARM, ofThisHost: true },
  { code: "VIRT-HYP-003", claim: DEFINES, words: NO_ARM_WORDS, reason: NO_ARM, ofThisHost: true },
  { code: "VIRT-HYP-004", claim: DEFINES, words: NO_ITANIUM_WORDS, reason: NO_ITANIUM },
  { code: "VIRT-MIG-003", claim: DEFINES, words: "Extra element devices", reason: USB_ORDER },
  { code: "VIRT-PCI-003", claim: DEFINES, words: "Extra element devices", reason: USB_ORDER },
  {
    code: "VIRT-CPU-103",
    claim: DEFINES,
    words: "cachetune is only supported for KVM domains",
    reason: "needs KVM, without which the guests are defined",
  },
  {
    code: "VIRT-PRV-010",
    claim: DEFINES,
    words: "Extra element devices",
    reason: "libvirt's schema wants the type of a serial port, and its parser takes one without for a pty",
  },
  {
    code: "VIRT-SEC-006",
    claim: DEFINES,
    words: "SEV launch security is not supported",
    reason: "needs an AMD processor with SEV",
    ofThisHost: true,
  },
  { code: "VIRT-USB-004", claim: DEFINES, words: "Extra element devices", reason: USB_ORDER },

  {
    code: "VIRT-HYP-003",
    claim: REFUSED,
    reason: "is about a host that is declared to be another machine than the one that judges",
    ofThisHost: true,
  },
  {
    code: "VIRT-UNQ-002",
    claim: REFUSED,
    reason: "the provider gives a guest no UUID, so that the examples reach libvirt without theirs",
  },
  {
    code: "VIRT-FW-012",
    claim: REFUSED,
    reason: "the host of the example offers no emulated TPM; this one has swtpm",
  },
  {
    code: "VIRT-GFX-005",
    claim: REFUSED,
    reason: "the QEMU of the example's host is built without SPICE; Debian's has it",
  },
  {
    code: "VIRT-NWK-007",
    claim: REFUSED,
    reason: "networks that share a subnet are defined, and the second is refused when apply starts it",
  },

  {
    code: "VIRT-BOOT-006",
    claim: STARTS,
    words: "/boot/vmlinuz: No such file or directory",
    reason: "needs a kernel",
  },
  {
    code: "VIRT-CAP-001",
    claim: STARTS,
    words: "Cannot allocate memory",
    reason: "needs the memory of the example's host",
    ofThisHost: true,
  },
  {
    code: "VIRT-CAP-001",
    claim: NOT_STARTED,
    reason: "is about the memory of the example's host, of which this one may have more",
    ofThisHost: true,
  },
  {
    code: "VIRT-CAP-004",
    claim: STARTS,
    words: "hugetlbfs filesystem is not mounted",
    reason: NO_HUGE_PAGES,
    ofThisHost: true,
  },
  {
    code: "VIRT-CAP-009",
    claim: STARTS,
    words: "no network with matching name 'vf'",
    reason: "needs a network of virtual functions",
    ofThisHost: true,
  },
  {
    code: "VIRT-CPU-018",
    claim: STARTS,
    words: "kernel doesn't allow setting HyperV",
    reason: "QEMU has these enlightenments with KVM alone",
    ofThisHost: true,
  },
  {
    code: "VIRT-CPU-012",
    claim: STARTS,
    words: "cpuset",
    reason: "pins to CPUs that the host of the example has, and this one may not",
    ofThisHost: true,
  },
  {
    code: "VIRT-GFX-003",
    claim: STARTS,
    words: "Failed to reserve port",
    reason: "another guest of the host may hold the port",
    ofThisHost: true,
  },
  { code: "VIRT-HYP-004", claim: STARTS, words: NO_ITANIUM_WORDS, reason: NO_ITANIUM },
  {
    code: "VIRT-MEM-012",
    claim: STARTS,
    words: "hugetlbfs filesystem is not mounted",
    reason: NO_HUGE_PAGES,
    ofThisHost: true,
  },
  {
    code: "VIRT-MEM-017",
    claim: STARTS,
    words: "hugetlbfs filesystem is not mounted",
    reason: NO_HUGE_PAGES,
    ofThisHost: true,
  },
  {
    code: "VIRT-NET-003",
    claim: STARTS,
    words: "no network with matching name 'dmz'",
    reason: "needs a network that the host of the example has",
    ofThisHost: true,
  },
  {
    code: "VIRT-NET-005",
    claim: STARTS,
    words: "'ovsbr0': No such device",
    reason: "needs a bridge of Open vSwitch",
    ofThisHost: true,
  },
  {
    code: "VIRT-NET-017",
    claim: STARTS,
    words: "doesn't support passthrough of host PCI devices",
    reason: "needs an IOMMU and a network card with virtual functions",
    ofThisHost: true,
  },
  {
    code: "VIRT-STO-009",
    claim: STARTS,
    words: "no storage pool with matching name 'default'",
    reason: "needs the example's volumes",
    ofThisHost: true,
  },

  {
    code: "VIRT-CPU-008",
    claim: NOT_STARTED,
    reason: "QEMU gives a guest without KVM any model, and leaves out what it cannot emulate",
    ofThisHost: true,
  },
  {
    code: "VIRT-CPU-009",
    claim: NOT_STARTED,
    reason: "is about the CPU of the example's host, which a guest without KVM does not use",
    ofThisHost: true,
  },
  {
    code: "VIRT-HYP-001",
    claim: NOT_STARTED,
    reason: "is about a host without KVM, and the guests start without",
  },
];
