import type { GuestOsFacts } from "../facts";

const onLinux = {
  family: "linux",
  x86Level: "v1",
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const xen = { pv: true, pvh: true, hvm: true, pvDriversInBox: true } as const;

const noSignedShim = { bios: true, uefi: true, secureBoot: false } as const;

export const ARCH_LINUX = {
  ...onLinux,
  id: "arch-linux",
  name: "Arch Linux",
  libosinfoId: "http://archlinux.org/archlinux/rolling",
  architectures: ["x86_64"],
  minimum: { memoryMiB: 512, diskGiB: 2, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  support: { rolling: true },
  firmware: noSignedShim,
  xen: { ...xen, source: "Arch core-x86_64 config 5.15.21; boot configuration of 6.2.1" },
  cloudInitUser: "arch",
} as const satisfies GuestOsFacts;

const onAlpine = {
  ...onLinux,
  architectures: [
    "x86_64",
    "i686",
    "aarch64",
    "armv7l",
    "armv6l",
    "ppc64le",
    "s390x",
    "riscv64",
    "loongarch64",
  ],
  minimum: { memoryMiB: 128, diskGiB: 1, vcpus: 1 },
  recommended: { memoryMiB: 512 },
  firmware: noSignedShim,
  xen: { ...xen, source: "Alpine linux-virt virt.x86_64.config" },
  cloudInitUser: "alpine",
} as const;

export const ALPINE_3_21 = {
  ...onAlpine,
  id: "alpine-3.21",
  name: "Alpine Linux 3.21",
  libosinfoId: "http://alpinelinux.org/alpinelinux/3.21",
  support: { endOfLife: "2026-11-01" },
} as const satisfies GuestOsFacts;

export const ALPINE_3_22 = {
  ...onAlpine,
  id: "alpine-3.22",
  name: "Alpine Linux 3.22",
  libosinfoId: "http://alpinelinux.org/alpinelinux/3.22",
  support: { endOfLife: "2027-05-01" },
} as const satisfies GuestOsFacts;

export const ALPINE_3_23 = {
  ...onAlpine,
  id: "alpine-3.23",
  name: "Alpine Linux 3.23",
  libosinfoId: "http://alpinelinux.org/alpinelinux/3.23",
  support: { endOfLife: "2027-11-01" },
} as const satisfies GuestOsFacts;

export const ALPINE_3_24 = {
  ...onAlpine,
  id: "alpine-3.24",
  name: "Alpine Linux 3.24",
  libosinfoId: "http://alpinelinux.org/alpinelinux/3.24",
  support: { endOfLife: "2028-06-01" },
} as const satisfies GuestOsFacts;

export const FLATCAR = {
  ...onLinux,
  id: "flatcar",
  name: "Flatcar Container Linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  architectures: ["x86_64", "aarch64"],
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  firmware: { bios: true, uefi: true },
  xen: { ...xen, source: "boot configurations of 5.10 and 6.1; Flatcar amd64_defconfig-6.12" },
  cloudInitUser: "core",
  notes: ["configured by Ignition: cloud-init does not run by default"],
} as const satisfies GuestOsFacts;

/** The reverse of Amazon Linux 2023: a PV kernel without PVH. */
export const TALOS = {
  ...onLinux,
  id: "talos",
  name: "Talos Linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  architectures: ["x86_64", "aarch64"],
  x86Level: "v2",
  kernel: "6.18",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048, diskGiB: 100 },
  firmware: noSignedShim,
  xen: { ...xen, pvh: false, source: "siderolabs/pkgs config-amd64 6.18.45" },
  cloudInitUser: false,
  notes: [
    "the resources are those of a worker; a control plane needs 2048 MiB and 2 processors, better 4096 MiB",
    "boots with Secure Boot once the keys of Sidero Labs are enrolled",
  ],
} as const satisfies GuestOsFacts;

const onNixos = {
  ...onLinux,
  architectures: ["x86_64", "aarch64"],
  moreArchitectures: true,
  minimum: { memoryMiB: 1536, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 3072, diskGiB: 20 },
  firmware: noSignedShim,
  xen: { ...xen, source: "nixpkgs common-config.nix" },
  cloudInitUser: false,
  notes: ["boots with Secure Boot only with lanzaboote and keys of one's own"],
} as const;

export const NIXOS_25_11 = {
  ...onNixos,
  id: "nixos-25.11",
  name: "NixOS 25.11",
  libosinfoId: "http://nixos.org/nixos/25.11",
  support: { endOfLife: "2026-06-30" },
} as const satisfies GuestOsFacts;

export const NIXOS_26_05 = {
  ...onNixos,
  id: "nixos-26.05",
  name: "NixOS 26.05",
  libosinfoId: "http://nixos.org/nixos/26.05",
  support: { endOfLife: "2026-12-31" },
} as const satisfies GuestOsFacts;

/** Some Linux: "Linux" is no answer to what its kernel can do on Xen. */
export const LINUX = {
  id: "linux",
  name: "Linux",
  family: "linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  minimum: { vcpus: 1 },
  tpm: "none",
  virtioInBox: true,
  xen: {
    note: "if so configured: PV since Linux 2.6.27 (32-bit: 2.6.23 to 5.8), PV drivers since 2.6.36, PVH since 4.11",
  },
  clock: "utc",
} as const satisfies GuestOsFacts;
