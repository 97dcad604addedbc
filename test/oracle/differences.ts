import { digest, kindOf, type Sample } from "./differential";

/** Where the rules and libvirt differ on random configurations, and why that is as it is. */
interface Difference {
  readonly reason: string;
  /** Rules that libvirt contradicts. */
  readonly codes?: readonly string[];
  /** What libvirt says where the rules say nothing, without the values. */
  readonly words?: readonly string[];
}

/**
 * A plan with what no rule covers yet passes, and its apply fails with libvirt's own words. Whoever writes a rule
 * takes the words away here.
 */
const DIFFERENCES: readonly Difference[] = [
  {
    reason:
      "two serial ports that are alike in all else may share an alias for libvirt; QEMU refuses the second",
    codes: ["VIRT-UNQ-008"],
  },
  {
    reason:
      "libvirt gives an interface without source user networking, which cuts the guest off without a word",
    codes: ["VIRT-NET-004"],
  },
  {
    reason: "libvirt finds no image for Secure Boot on i440FX when the guest starts",
    codes: ["VIRT-FW-001"],
  },
  {
    reason: "libvirt takes an empty path, and QEMU refuses it when the guest starts",
    codes: ["VIRT-FW-022"],
  },
  { reason: "libvirt finds no template of the NVRAM of a ROM when the guest starts", codes: ["VIRT-FW-007"] },
  {
    reason: "libvirt does not read the CPU set of a guest whose placement is automatic",
    codes: ["VIRT-CPU-013"],
  },
  {
    reason: "libvirt 9.0.0 overlooks the devices and settings that came later, whatever they say",
    codes: ["VIRT-PRV-040"],
  },
  {
    reason: "the provider drops an interface that is a USB device, of which VIRT-PRV-030 tells",
    words: ["XML missing source address type"],
  },
  {
    reason: "the host has no such secret",
    words: ["Secret not found: no secret with matching uuid '…'"],
  },
  {
    reason: "no rule yet: an iSCSI device that a guest lists twice",
    words: ["XML Hostdev already exists in the domain configuration"],
  },
  {
    reason: "the QEMU of another host may have it",
    words: [
      "internal missing backend for pool type N (gluster)",
      "internal missing backend for pool type N (iscsi-direct)",
      "internal missing backend for pool type N (rbd)",
      "internal missing backend for pool type N (sheepdog)",
      "internal missing backend for pool type N (vstorage)",
      "internal missing backend for pool type N (zfs)",
      "unsupported configuration: SEV launch security is not supported with this QEMU binary",
      "unsupported configuration: SN PV launch security is not supported with this QEMU binary",
      "unsupported configuration: desktop graphics are not supported with this QEMU",
      "unsupported configuration: rdp graphics are not supported with this QEMU",
    ],
  },
  {
    reason: "no rule yet: words that libvirt does not know",
    words: ["XML Invalid value for attribute '…' in element '…': '…'."],
  },
  {
    reason: "no rule yet: numbers out of range",
    words: ["XML Invalid value for attribute '…' in element '…': '…'. Expected integer value"],
  },
  {
    reason: "no rule yet: networks, pools and volumes",
    words: [
      "internal Child process (…) unexpected exit status N: qemu-img: …/NAME: backing_file must be a vmdk image",
    ],
  },
  {
    reason: "no rule yet: an attribute without the one it needs",
    words: ["XML Missing required attribute '…' in element '…'"],
  },
];

const BY_CODE = new Map(DIFFERENCES.flatMap(({ codes = [], reason }) => codes.map((code) => [code, reason])));
const BY_WORDS = new Map(
  DIFFERENCES.flatMap(({ words = [], reason }) => words.map((each) => [each, reason])),
);

/** Why the difference is known; undefined where it is not, or there is none. */
export function knownDifference(sample: Sample): string | undefined {
  const differs = kindOf(sample);
  if (differs === "missed") return BY_WORDS.get(digest(sample));
  if (differs !== "contradicted") return undefined;
  const reasons = digest(sample)
    .split(", ")
    .map((rule) => BY_CODE.get(rule.split(" ")[0]!));
  return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join("; ");
}
