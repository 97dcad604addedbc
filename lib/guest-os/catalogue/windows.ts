import type { GuestOsFacts } from "../facts";

/** Never a kernel for PV or PVH, and never a driver for virtio or Xen on the installation media. */
const onWindows = {
  family: "windows",
  x86Level: "v1",
  tpm: "none",
  virtioInBox: false,
  xen: {
    pv: false,
    pvh: false,
    hvm: true,
    pvDriversInBox: false,
    source: "SUSE virtualization guide, supported guests",
  },
  cloudInitUser: false,
  clock: "localtime",
} as const satisfies Partial<GuestOsFacts>;

const biosOrUefi = { bios: true, uefi: true, secureBoot: true } as const;

const TIB = 2 ** 20;

/** Home uses one socket, and Pro for Workstations four. */
const onClient = { sockets: 2 } as const;
const CLIENT_SOCKETS = "its Home edition uses one socket, Pro for Workstations four";

/** Since Windows 8.1. */
const cpuFeatures = ["cx16", "lahf_lm", "3dnowprefetch"] as const;

export const WINDOWS_7 = {
  ...onWindows,
  id: "windows-7",
  name: "Windows 7",
  libosinfoId: "http://microsoft.com/win/7",
  architectures: ["x86_64", "i686"],
  minimum: { memoryMiB: 2048, diskGiB: 20, vcpus: 1 },
  minimumByArchitecture: { i686: { memoryMiB: 1024, diskGiB: 16 } },
  maximum: { ...onClient, memoryMiB: 192 * 1024, vcpus: 256 },
  maximumByArchitecture: { i686: { memoryMiB: 4096, vcpus: 32 } },
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2020-01-14", extended: { ESU: "2023-01-31" } },
  firmware: { bios: true, secureBoot: false },
  notes: [
    "under UEFI it needs the compatibility module that firmware for guests does not have",
    "0.1.173 is the last virtio-win that is signed for it",
  ],
} as const satisfies GuestOsFacts;

export const WINDOWS_10 = {
  ...onWindows,
  id: "windows-10",
  name: "Windows 10",
  libosinfoId: "http://microsoft.com/win/10",
  architectures: ["x86_64", "i686", "aarch64"],
  cpuFeatures,
  minimum: { memoryMiB: 2048, diskGiB: 32, vcpus: 1 },
  minimumByArchitecture: { i686: { memoryMiB: 1024 } },
  maximum: { ...onClient, memoryMiB: 6 * TIB },
  maximumByArchitecture: { i686: { memoryMiB: 4096, vcpus: 32 } },
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2025-10-14", extended: { "LTSC 2021": "2027-01-12", ESU: "2028-10-10" } },
  firmware: biosOrUefi,
  notes: [CLIENT_SOCKETS],
} as const satisfies GuestOsFacts;

export const WINDOWS_11 = {
  ...onWindows,
  id: "windows-11",
  name: "Windows 11",
  libosinfoId: "http://microsoft.com/win/11",
  architectures: ["x86_64", "aarch64"],
  cpuFeatures: [...cpuFeatures, "sse4.2", "popcnt"],
  minimum: { memoryMiB: 4096, diskGiB: 64, vcpus: 2, strict: true },
  maximum: { ...onClient, memoryMiB: 6 * TIB },
  recommended: { memoryMiB: 8192 },
  firmware: { bios: false, uefi: true, secureBoot: true },
  tpm: "2.0",
  xen: { ...onWindows.xen, note: "needs UEFI and a TPM; whether Xen's tools provide both is not verified" },
  notes: [
    "support ends by release and edition: 24H2 on 2026-10-13 (Home, Pro) and 2027-10-12 (Enterprise)," +
      " 25H2 a year later, LTSC 2024 on 2029-10-09",
    "sse4.2 and popcnt are needed from 24H2 on",
    CLIENT_SOCKETS,
  ],
} as const satisfies GuestOsFacts;

export const WINDOWS_SERVER_2012_R2 = {
  ...onWindows,
  id: "windows-server-2012-r2",
  name: "Windows Server 2012 R2",
  libosinfoId: "http://microsoft.com/win/2k12r2",
  architectures: ["x86_64"],
  cpuFeatures,
  minimum: { memoryMiB: 512, diskGiB: 32, vcpus: 1 },
  maximum: { memoryMiB: 4 * TIB, vcpus: 640, sockets: 64 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2023-10-10", extended: { ESU: "2026-10-13" } },
  firmware: biosOrUefi,
} as const satisfies GuestOsFacts;

const serverSince2016 = {
  ...onWindows,
  cpuFeatures: ["nx", ...cpuFeatures],
  minimum: { memoryMiB: 512, installMemoryMiB: 800, diskGiB: 32, vcpus: 1 },
  recommended: { memoryMiB: 4096 },
  firmware: biosOrUefi,
  notes: ["with the desktop it needs 2048 MiB of memory, not 512"],
} as const;

export const WINDOWS_SERVER_2016 = {
  ...serverSince2016,
  id: "windows-server-2016",
  name: "Windows Server 2016",
  maximum: { memoryMiB: 24 * TIB, sockets: 64 },
  libosinfoId: "http://microsoft.com/win/2k16",
  architectures: ["x86_64"],
  support: { endOfLife: "2027-01-12", extended: { ESU: "2030-01-12" } },
} as const satisfies GuestOsFacts;

export const WINDOWS_SERVER_2019 = {
  ...serverSince2016,
  id: "windows-server-2019",
  name: "Windows Server 2019",
  maximum: { memoryMiB: 24 * TIB, sockets: 64 },
  libosinfoId: "http://microsoft.com/win/2k19",
  architectures: ["x86_64"],
  support: { endOfLife: "2029-01-09" },
} as const satisfies GuestOsFacts;

export const WINDOWS_SERVER_2022 = {
  ...serverSince2016,
  id: "windows-server-2022",
  name: "Windows Server 2022",
  libosinfoId: "http://microsoft.com/win/2k22",
  architectures: ["x86_64"],
  support: { endOfLife: "2031-10-14" },
} as const satisfies GuestOsFacts;

export const WINDOWS_SERVER_2025 = {
  ...serverSince2016,
  id: "windows-server-2025",
  name: "Windows Server 2025",
  libosinfoId: "http://microsoft.com/win/2k25",
  architectures: ["x86_64"],
  moreArchitectures: true,
  cpuFeatures: [...serverSince2016.cpuFeatures, "sse4.2", "popcnt"],
  notes: [
    ...serverSince2016.notes,
    "support ends in October or November 2034: the sources differ",
    "there is a preview for 64-bit ARM",
  ],
} as const satisfies GuestOsFacts;
