import type { GuestOsFacts } from "../facts";

export const MACOS_13 = {
  id: "macos-13",
  name: "macOS 13",
  family: "macos",
  architectures: ["x86_64", "aarch64"],
  cpuFeatures: ["avx2"],
  minimum: { memoryMiB: 4096, diskGiB: 40, vcpus: 2 },
  recommended: { memoryMiB: 8192 },
  support: { endOfLife: "2025-09-15" },
  firmware: { bios: false, uefi: true },
  tpm: "none",
  xen: { pv: false, pvh: false, pvDriversInBox: false },
  cloudInitUser: false,
  clock: "utc",
  licence:
    "Apple allows virtual machines only on Apple hardware that itself runs macOS, at most two for each licence",
} as const satisfies GuestOsFacts;
