import type { GuestOsFacts } from "../facts";

/* Oracle Solaris and the illumos distributions, which descend from it. */

export const SOLARIS_10 = {
  id: "solaris-10",
  name: "Oracle Solaris 10",
  family: "solaris",
  libosinfoId: "http://sun.com/solaris/10",
  architectures: ["x86_64", "i686", "sparc64"],
  x86Level: "v1",
  minimum: { memoryMiB: 768, diskGiB: 7, vcpus: 1 },
  recommended: { memoryMiB: 1024 },
  support: { endOfLife: "2018-01-01", extended: { extended: "2027-01-31" } },
  firmware: { bios: true, uefi: false, secureBoot: false },
  tpm: "none",
  virtioInBox: false,
  xen: {
    pvh: false,
    hvm: true,
    pvDriversInBox: true,
    note: "the PV port was that of OpenSolaris; PV drivers for HVM came with 10 10/08",
    source: "Oracle 821-0583",
  },
  cloudInitUser: false,
  clock: "localtime",
} as const satisfies GuestOsFacts;

export const SOLARIS_11_4 = {
  id: "solaris-11.4",
  name: "Oracle Solaris 11.4",
  family: "solaris",
  libosinfoId: "http://oracle.com/solaris/11",
  architectures: ["x86_64", "sparc64"],
  minimum: { memoryMiB: 2048, vcpus: 1 },
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2031-11-30", extended: { extended: "2037-11-30" } },
  firmware: { bios: true, uefi: true },
  tpm: "none",
  xen: { pv: false },
  cloudInitUser: false,
  notes: ["newer updates may bring virtio drivers"],
} as const satisfies GuestOsFacts;

const onIllumos = {
  family: "illumos",
  architectures: ["x86_64"],
  x86Level: "v1",
  firmware: { bios: true, uefi: true, secureBoot: false },
  tpm: "none",
  virtioInBox: true,
  xen: { note: "the sources still have a PV kernel (i86xpv); whether it is built is not known" },
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

export const OMNIOS = {
  ...onIllumos,
  id: "omnios",
  name: "OmniOS",
  libosinfoId: "http://omnios.org/bloody/rolling",
  minimum: { memoryMiB: 512, diskGiB: 8, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
} as const satisfies GuestOsFacts;

export const OPENINDIANA = {
  ...onIllumos,
  id: "openindiana",
  name: "OpenIndiana",
  libosinfoId: "http://openindiana.org/hipster/rolling",
  minimum: { memoryMiB: 512, diskGiB: 20, vcpus: 1 },
  recommended: { memoryMiB: 4096 },
  support: { rolling: true },
  cloudInitUser: false,
} as const satisfies GuestOsFacts;
