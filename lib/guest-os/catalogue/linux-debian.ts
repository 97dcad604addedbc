import type { GuestOsFacts } from "../facts";

const onDebianOrUbuntu = {
  family: "linux",
  x86Level: "v1",
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const xen = { pv: true, pvh: true, hvm: true, pvDriversInBox: true } as const;

export const DEBIAN_12 = {
  ...onDebianOrUbuntu,
  id: "debian-12",
  name: "Debian 12",
  libosinfoId: "http://debian.org/debian/12",
  architectures: ["x86_64", "i686", "aarch64", "armv7l", "armv6l", "ppc64le", "s390x", "mips64el"],
  kernel: "6.1",
  minimum: { memoryMiB: 512, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  support: { endOfLife: "2026-07-11", extended: { LTS: "2028-06-30", ELTS: "2033-06-30" } },
  xen: { ...xen, source: "Debian linux-config-6.1" },
  cloudInitUser: "debian",
} as const satisfies GuestOsFacts;

export const UBUNTU_24_04 = {
  ...onDebianOrUbuntu,
  id: "ubuntu-24.04",
  name: "Ubuntu 24.04 LTS",
  libosinfoId: "http://ubuntu.com/ubuntu/24.04",
  architectures: ["x86_64", "aarch64", "armv7l", "ppc64le", "s390x", "riscv64"],
  kernel: "6.8",
  minimum: { memoryMiB: 1024, installMemoryMiB: 1536, diskGiB: 4, vcpus: 1 },
  recommended: { memoryMiB: 3072 },
  support: { endOfLife: "2029-05-31", extended: { ESM: "2034-04-25", legacy: "2039-04-30" } },
  xen: { ...xen, source: "Ubuntu linux-buildinfo-6.8.0-31-generic" },
  cloudInitUser: "ubuntu",
} as const satisfies GuestOsFacts;
