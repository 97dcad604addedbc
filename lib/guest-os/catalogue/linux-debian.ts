import type { GuestOsFacts } from "../facts";

const onBoth = {
  family: "linux",
  x86Level: "v1",
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const xen = { pv: true, pvh: true, hvm: true, pvDriversInBox: true } as const;

const onDebian = {
  ...onBoth,
  minimum: { memoryMiB: 512, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  cloudInitUser: "debian",
} as const;

const unsignedOnArm = "its shim for 64-bit ARM is not signed, so Secure Boot fails there";

export const DEBIAN_10 = {
  ...onDebian,
  id: "debian-10",
  name: "Debian 10",
  libosinfoId: "http://debian.org/debian/10",
  architectures: [
    "x86_64",
    "i686",
    "aarch64",
    "armv7l",
    "armv6l",
    "ppc64le",
    "s390x",
    "mips",
    "mipsel",
    "mips64el",
  ],
  kernel: "4.19",
  support: { endOfLife: "2022-09-10", extended: { LTS: "2024-06-30", ELTS: "2029-06-30" } },
  xen: { ...xen, source: "boot configuration of Debian's 4.19 cloud kernel" },
  notes: [unsignedOnArm],
} as const satisfies GuestOsFacts;

export const DEBIAN_11 = {
  ...onDebian,
  id: "debian-11",
  name: "Debian 11",
  libosinfoId: "http://debian.org/debian/11",
  architectures: ["x86_64", "i686", "aarch64", "armv7l", "armv6l", "ppc64le", "s390x", "mipsel", "mips64el"],
  kernel: "5.10",
  support: { endOfLife: "2024-08-14", extended: { LTS: "2026-08-31", ELTS: "2031-06-30" } },
  xen: { ...xen, source: "Debian linux-config-5.10" },
  notes: [unsignedOnArm],
} as const satisfies GuestOsFacts;

export const DEBIAN_12 = {
  ...onDebian,
  id: "debian-12",
  name: "Debian 12",
  libosinfoId: "http://debian.org/debian/12",
  architectures: ["x86_64", "i686", "aarch64", "armv7l", "armv6l", "ppc64le", "s390x", "mipsel", "mips64el"],
  kernel: "6.1",
  support: { endOfLife: "2026-07-11", extended: { LTS: "2028-06-30", ELTS: "2033-06-30" } },
  xen: { ...xen, source: "Debian linux-config-6.1" },
} as const satisfies GuestOsFacts;

export const DEBIAN_13 = {
  ...onDebian,
  id: "debian-13",
  name: "Debian 13",
  libosinfoId: "http://debian.org/debian/13",
  architectures: ["x86_64", "aarch64", "armv7l", "ppc64le", "riscv64", "s390x"],
  kernel: "6.12",
  support: { endOfLife: "2028-08-09", extended: { LTS: "2030-06-30" } },
  xen: { ...xen, source: "Debian linux-config-6.12" },
} as const satisfies GuestOsFacts;

const onUbuntu = {
  ...onBoth,
  architectures: ["x86_64", "aarch64", "armv7l", "ppc64le", "s390x", "riscv64"],
  cloudInitUser: "ubuntu",
} as const;

export const UBUNTU_20_04 = {
  ...onUbuntu,
  id: "ubuntu-20.04",
  name: "Ubuntu 20.04 LTS",
  libosinfoId: "http://ubuntu.com/ubuntu/20.04",
  kernel: "5.4",
  minimum: { memoryMiB: 1024, diskGiB: 5, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2025-05-29", extended: { ESM: "2030-04-23", legacy: "2035-04-30" } },
  xen: { ...xen, source: "Ubuntu linux-buildinfo-5.4.0-26-generic" },
} as const satisfies GuestOsFacts;

export const UBUNTU_22_04 = {
  ...onUbuntu,
  id: "ubuntu-22.04",
  name: "Ubuntu 22.04 LTS",
  libosinfoId: "http://ubuntu.com/ubuntu/22.04",
  kernel: "5.15",
  minimum: { memoryMiB: 1024, diskGiB: 5, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2027-06-01", extended: { ESM: "2032-04-21", legacy: "2037-04-30" } },
  xen: {
    ...xen,
    note: "the generic kernel; the one for Azure has no Xen support at all",
    source: "Ubuntu linux-buildinfo-5.15.0-25-generic",
  },
} as const satisfies GuestOsFacts;

export const UBUNTU_24_04 = {
  ...onUbuntu,
  id: "ubuntu-24.04",
  name: "Ubuntu 24.04 LTS",
  libosinfoId: "http://ubuntu.com/ubuntu/24.04",
  kernel: "6.8",
  minimum: { memoryMiB: 1024, installMemoryMiB: 1536, diskGiB: 4, vcpus: 1 },
  recommended: { memoryMiB: 3072 },
  support: { endOfLife: "2029-05-31", extended: { ESM: "2034-04-25", legacy: "2039-04-30" } },
  xen: { ...xen, source: "Ubuntu linux-buildinfo-6.8.0-31-generic" },
  notes: ["the minimum is that of the cloud image; an installation from ISO needs 5 GiB of disk"],
} as const satisfies GuestOsFacts;

export const UBUNTU_26_04 = {
  ...onUbuntu,
  id: "ubuntu-26.04",
  name: "Ubuntu 26.04 LTS",
  libosinfoId: "http://ubuntu.com/ubuntu/26.04",
  kernel: "7.0",
  minimum: { vcpus: 1 },
  support: { endOfLife: "2031-05-29", extended: { ESM: "2036-04-23" } },
  xen: { ...xen, source: "Ubuntu linux-buildinfo-7.0.0-14-generic" },
  notes: ["packages of the amd64v3 archive need x86-64-v3"],
} as const satisfies GuestOsFacts;
