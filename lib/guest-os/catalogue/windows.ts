import type { GuestOsFacts } from "../facts";

/** Never a kernel for PV or PVH, and never a driver for virtio or Xen on the installation media. */
const onWindows = {
  family: "windows",
  x86Level: "v1",
  virtioInBox: false,
  xen: { pv: false, pvh: false, hvm: true, pvDriversInBox: false },
  cloudInitUser: false,
  clock: "localtime",
} as const satisfies Partial<GuestOsFacts>;

export const WINDOWS_11 = {
  ...onWindows,
  id: "windows-11",
  name: "Windows 11",
  libosinfoId: "http://microsoft.com/win/11",
  architectures: ["x86_64", "aarch64"],
  cpuFeatures: ["sse4.2", "popcnt"],
  minimum: { memoryMiB: 4096, diskGiB: 64, vcpus: 2, strict: true },
  recommended: { memoryMiB: 8192 },
  firmware: { bios: false, uefi: true, secureBoot: true },
  tpm: "2.0",
} as const satisfies GuestOsFacts;

export const WINDOWS_SERVER_2022 = {
  ...onWindows,
  id: "windows-server-2022",
  name: "Windows Server 2022",
  libosinfoId: "http://microsoft.com/win/2k22",
  architectures: ["x86_64"],
  cpuFeatures: ["nx", "cx16", "lahf_lm", "3dnowprefetch"],
  minimum: { memoryMiB: 512, installMemoryMiB: 800, diskGiB: 32, vcpus: 1 },
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2031-10-14" },
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
} as const satisfies GuestOsFacts;
