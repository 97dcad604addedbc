import type { GuestOsFacts } from "../facts";

export const FREEBSD_14 = {
  id: "freebsd-14",
  name: "FreeBSD 14",
  family: "bsd",
  libosinfoId: "http://freebsd.org/freebsd/14.2",
  libosinfoSeries: "http://freebsd.org/freebsd/14",
  architectures: ["x86_64", "i686", "aarch64", "riscv64", "ppc64"],
  moreArchitectures: true,
  x86Level: "v1",
  minimum: { memoryMiB: 256, diskGiB: 2, vcpus: 1 },
  recommended: { memoryMiB: 1024, diskGiB: 8 },
  support: { endOfLife: "2028-11-30" },
  firmware: { bios: true, uefi: true, secureBoot: false },
  tpm: "none",
  virtioInBox: true,
  xen: { pv: false, pvh: true, hvm: true, pvDriversInBox: true, source: "FreeBSD xen(4)" },
  cloudInitUser: "freebsd",
  clock: "utc",
} as const satisfies GuestOsFacts;
