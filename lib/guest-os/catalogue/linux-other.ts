import type { GuestOsFacts } from "../facts";

export const TALOS = {
  id: "talos",
  name: "Talos Linux",
  family: "linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  architectures: ["x86_64", "aarch64"],
  x86Level: "v2",
  kernel: "6.18",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048, diskGiB: 100 },
  firmware: { bios: true, uefi: true, secureBoot: false },
  tpm: "none",
  virtioInBox: true,
  xen: {
    pv: true,
    pvh: false,
    hvm: true,
    pvDriversInBox: true,
    source: "siderolabs/pkgs config-amd64 6.18.45",
  },
  cloudInitUser: false,
  clock: "utc",
} as const satisfies GuestOsFacts;

export const LINUX = {
  id: "linux",
  name: "Linux",
  family: "linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  minimum: { vcpus: 1 },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies GuestOsFacts;
