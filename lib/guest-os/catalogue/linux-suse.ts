import type { GuestOsFacts } from "../facts";

const onSuse = {
  family: "linux",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const xen = { pv: true, pvh: true, hvm: true, pvDriversInBox: true } as const;

/** SUSE gave up the PV guest with release 16, yet its own kernel sources still build one: unsupported, not impossible. */
const xenSince16 = {
  pvh: true,
  hvm: true,
  pvDriversInBox: true,
  note: "SUSE no longer supports PV guests, though its kernel sources still enable XEN_PV; ask SUSE about HVM and PVH",
  source: "SUSE doc-modular sle16; kernel-source config x86_64/default 6.19",
} as const;

export const SLES_12_SP5 = {
  ...onSuse,
  id: "sles-12-sp5",
  name: "SUSE Linux Enterprise Server 12 SP5",
  libosinfoId: "http://suse.com/sles/12.5",
  x86Level: "v1",
  kernel: "4.12",
  minimum: { memoryMiB: 512, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  support: { endOfLife: "2024-10-31", extended: { LTSS: "2027-10-31" } },
  xen: { ...xen, source: "boot configuration of 4.12.14" },
  cloudInitUser: "sles",
} as const satisfies GuestOsFacts;

const sles15 = {
  ...onSuse,
  x86Level: "v1",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  xen: { ...xen, source: "boot configuration of 15 SP3, kernel 5.3.18; SP6 and SP7 were not read" },
  cloudInitUser: "sles",
} as const;

export const SLES_15_SP6 = {
  ...sles15,
  id: "sles-15-sp6",
  name: "SUSE Linux Enterprise Server 15 SP6",
  libosinfoId: "http://suse.com/sle/15.6",
  support: { endOfLife: "2025-12-31", extended: { LTSS: "2028-12-31" } },
} as const satisfies GuestOsFacts;

export const SLES_15_SP7 = {
  ...sles15,
  id: "sles-15-sp7",
  name: "SUSE Linux Enterprise Server 15 SP7",
  libosinfoId: "http://suse.com/sle/15.7",
  support: { endOfLife: "2031-07-31", extended: { LTSS: "2034-07-31" } },
} as const satisfies GuestOsFacts;

export const SLES_16_0 = {
  ...onSuse,
  id: "sles-16.0",
  name: "SUSE Linux Enterprise Server 16.0",
  x86Level: "v2",
  minimum: { vcpus: 1 },
  support: { endOfLife: "2027-11-30", extended: { LTS: "2030-11-30" } },
  xen: xenSince16,
  notes: ["UEFI is the default; BIOS is kept for compatibility only"],
} as const satisfies GuestOsFacts;

const onOpenSuse = { ...onSuse, cloudInitUser: "opensuse" } as const;

export const OPENSUSE_LEAP_15_6 = {
  ...onOpenSuse,
  id: "opensuse-leap-15.6",
  name: "openSUSE Leap 15.6",
  libosinfoId: "http://opensuse.org/opensuse/15.6",
  x86Level: "v1",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2026-04-30" },
  xen: { ...xen, source: "the kernel of SUSE Linux Enterprise 15" },
} as const satisfies GuestOsFacts;

export const OPENSUSE_LEAP_16_0 = {
  ...onOpenSuse,
  id: "opensuse-leap-16.0",
  name: "openSUSE Leap 16.0",
  libosinfoId: "http://opensuse.org/opensuse/16.0",
  x86Level: "v2",
  minimum: { vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2027-10-31" },
  firmware: { bios: true, uefi: true },
  xen: xenSince16,
} as const satisfies GuestOsFacts;

export const OPENSUSE_TUMBLEWEED = {
  ...onOpenSuse,
  id: "opensuse-tumbleweed",
  name: "openSUSE Tumbleweed",
  libosinfoId: "http://opensuse.org/opensuse/tumbleweed",
  architectures: ["x86_64", "i686", "aarch64", "ppc64le", "s390x", "riscv64"],
  x86Level: "v1",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { rolling: true },
  xen: { ...xen, source: "SUSE kernel-source config x86_64/default 6.19" },
} as const satisfies GuestOsFacts;
