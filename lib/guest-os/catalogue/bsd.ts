import type { GuestOsFacts } from "../facts";

const onBsd = {
  family: "bsd",
  x86Level: "v1",
  firmware: { bios: true, uefi: true, secureBoot: false },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const onFreeBsd = {
  ...onBsd,
  recommended: { memoryMiB: 1024, diskGiB: 8 },
  xen: { pv: false, pvh: true, hvm: true, pvDriversInBox: true, source: "FreeBSD xen(4)" },
  cloudInitUser: "freebsd",
  notes: ["with ZFS 4096 MiB of memory are recommended"],
} as const;

export const FREEBSD_13 = {
  ...onFreeBsd,
  id: "freebsd-13",
  name: "FreeBSD 13",
  libosinfoId: "http://freebsd.org/freebsd/13.4",
  libosinfoSeries: "http://freebsd.org/freebsd/13",
  architectures: ["x86_64", "i686", "aarch64", "riscv64", "ppc64"],
  moreArchitectures: true,
  minimum: { memoryMiB: 256, diskGiB: 2, vcpus: 1 },
  support: { endOfLife: "2026-04-30" },
} as const satisfies GuestOsFacts;

export const FREEBSD_14 = {
  ...onFreeBsd,
  id: "freebsd-14",
  name: "FreeBSD 14",
  libosinfoId: "http://freebsd.org/freebsd/14.2",
  libosinfoSeries: "http://freebsd.org/freebsd/14",
  architectures: ["x86_64", "i686", "aarch64", "riscv64", "ppc64"],
  moreArchitectures: true,
  minimum: { memoryMiB: 256, diskGiB: 2, vcpus: 1 },
  support: { endOfLife: "2028-11-30" },
} as const satisfies GuestOsFacts;

export const FREEBSD_15 = {
  ...onFreeBsd,
  id: "freebsd-15",
  name: "FreeBSD 15",
  libosinfoId: "http://freebsd.org/freebsd/15.0",
  libosinfoSeries: "http://freebsd.org/freebsd/15",
  architectures: ["x86_64", "aarch64", "ppc64", "ppc64le", "riscv64", "armv7l"],
  minimum: { memoryMiB: 256, diskGiB: 4, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  support: { endOfLife: "2029-12-31" },
} as const satisfies GuestOsFacts;

const onOpenBsd = {
  ...onBsd,
  architectures: ["x86_64", "i686", "aarch64", "riscv64"],
  moreArchitectures: true,
  minimum: { memoryMiB: 128, diskGiB: 2, vcpus: 1 },
  recommended: { memoryMiB: 512, diskGiB: 10 },
  xen: {
    pv: false,
    hvm: true,
    pvDriversInBox: true,
    note: "the manual describes the HVM guest only",
    source: "OpenBSD xen(4)",
  },
  cloudInitUser: "openbsd",
  notes: ["there is no official cloud image"],
} as const;

export const OPENBSD_7_7 = {
  ...onOpenBsd,
  id: "openbsd-7.7",
  name: "OpenBSD 7.7",
  libosinfoId: "http://openbsd.org/openbsd/7.7",
} as const satisfies GuestOsFacts;

export const OPENBSD_7_8 = {
  ...onOpenBsd,
  id: "openbsd-7.8",
  name: "OpenBSD 7.8",
  libosinfoId: "http://openbsd.org/openbsd/7.8",
  support: { endOfLife: "2026-11-01" },
} as const satisfies GuestOsFacts;

export const OPENBSD_7_9 = {
  ...onOpenBsd,
  id: "openbsd-7.9",
  name: "OpenBSD 7.9",
  libosinfoId: "http://openbsd.org/openbsd/7.9",
  support: { endOfLife: "2027-06-01" },
} as const satisfies GuestOsFacts;

const onNetBsd = {
  ...onBsd,
  architectures: ["x86_64", "i686", "aarch64", "armv7l"],
  moreArchitectures: true,
  minimum: { memoryMiB: 64, diskGiB: 1, vcpus: 1 },
  cloudInitUser: "netbsd",
} as const;

/** GENERIC learned to boot as a Xen guest with release 10. */
const genericOnXen = {
  pv: true,
  pvh: true,
  hvm: true,
  pvDriversInBox: true,
  note: "PV needs the XEN3_DOMU kernel, PVH and HVM boot GENERIC",
  source: "NetBSD sys/arch/amd64/conf/GENERIC 1.622",
} as const;

export const NETBSD_9 = {
  ...onNetBsd,
  id: "netbsd-9",
  name: "NetBSD 9",
  libosinfoId: "http://netbsd.org/netbsd/9.3",
  libosinfoSeries: "http://netbsd.org/netbsd/9",
  recommended: { memoryMiB: 256 },
  support: { endOfLife: "2026-08-30" },
  xen: { pv: true, pvh: false, pvDriversInBox: false, note: "PV needs the XEN3_DOMU kernel" },
} as const satisfies GuestOsFacts;

export const NETBSD_10 = {
  ...onNetBsd,
  id: "netbsd-10",
  name: "NetBSD 10",
  libosinfoId: "http://netbsd.org/netbsd/10.0",
  libosinfoSeries: "http://netbsd.org/netbsd/10",
  recommended: { memoryMiB: 512 },
  xen: genericOnXen,
} as const satisfies GuestOsFacts;

export const NETBSD_11 = {
  ...onNetBsd,
  id: "netbsd-11",
  name: "NetBSD 11",
  libosinfoId: "http://netbsd.org/netbsd/11.0",
  libosinfoSeries: "http://netbsd.org/netbsd/11",
  recommended: { memoryMiB: 512 },
  xen: genericOnXen,
} as const satisfies GuestOsFacts;
