import type { GuestOsFacts } from "../facts";

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
} as const satisfies GuestOsFacts;
