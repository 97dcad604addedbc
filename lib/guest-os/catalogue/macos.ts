import type { GuestOsFacts } from "../facts";

const onMacos = {
  family: "macos",
  architectures: ["x86_64", "aarch64"],
  cpuFeatures: ["avx2"],
  minimum: { memoryMiB: 4096, diskGiB: 40, vcpus: 2 },
  recommended: { memoryMiB: 8192 },
  firmware: { bios: false, uefi: true },
  tpm: "none",
  xen: { pv: false, pvh: false, pvDriversInBox: false },
  cloudInitUser: false,
  clock: "utc",
  licence:
    "Apple allows virtual machines only on Apple hardware that already runs macOS, two more for each licensed copy",
  notes: ["outside Apple hardware it needs a boot loader such as OpenCore"],
} as const satisfies Partial<GuestOsFacts>;

export const MACOS_13 = {
  ...onMacos,
  id: "macos-13",
  name: "macOS 13",
  support: { endOfLife: "2025-09-15" },
} as const satisfies GuestOsFacts;

export const MACOS_14 = { ...onMacos, id: "macos-14", name: "macOS 14" } as const satisfies GuestOsFacts;

export const MACOS_15 = { ...onMacos, id: "macos-15", name: "macOS 15" } as const satisfies GuestOsFacts;

export const MACOS_26 = {
  ...onMacos,
  id: "macos-26",
  name: "macOS 26",
  notes: [...onMacos.notes, "the last release for Intel processors"],
} as const satisfies GuestOsFacts;
