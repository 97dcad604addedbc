import type { GuestOsFacts } from "../facts";

export const RHEL_9 = {
  id: "rhel-9",
  name: "Red Hat Enterprise Linux 9",
  family: "linux",
  libosinfoId: "http://redhat.com/rhel/9.6",
  libosinfoSeries: "http://redhat.com/rhel/9",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  x86Level: "v2",
  kernel: "5.14",
  minimum: { memoryMiB: 1536, installMemoryMiB: 3072, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048, diskGiB: 20 },
  support: { endOfLife: "2032-05-31", extended: { ELS: "2036-05-31" } },
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  xen: { pv: false, pvh: false, hvm: true, pvDriversInBox: true, source: "openela kernel-x86_64.config el9" },
  cloudInitUser: "cloud-user",
  clock: "utc",
} as const satisfies GuestOsFacts;
