import type { GuestOsFacts } from "../facts";

const onFedora = {
  family: "linux",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x", "riscv64"],
  x86Level: "v1",
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  xen: {
    pv: true,
    pvh: true,
    hvm: true,
    pvDriversInBox: true,
    source: "Fedora kernel configurations 6.7.10 (39) and 6.8.2 (40); later ones were not read",
  },
  cloudInitUser: "fedora",
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const minimum = { memoryMiB: 2048, diskGiB: 15, vcpus: 1 } as const;

export const FEDORA_41 = {
  ...onFedora,
  id: "fedora-41",
  name: "Fedora Linux 41",
  libosinfoId: "http://fedoraproject.org/fedora/41",
  minimum,
  recommended: { memoryMiB: 4096, diskGiB: 20 },
  support: { endOfLife: "2025-12-15" },
} as const satisfies GuestOsFacts;

export const FEDORA_42 = {
  ...onFedora,
  id: "fedora-42",
  name: "Fedora Linux 42",
  libosinfoId: "http://fedoraproject.org/fedora/42",
  minimum,
  recommended: { memoryMiB: 4096, diskGiB: 20 },
  support: { endOfLife: "2026-05-27" },
} as const satisfies GuestOsFacts;

export const FEDORA_43 = {
  ...onFedora,
  id: "fedora-43",
  name: "Fedora Linux 43",
  libosinfoId: "http://fedoraproject.org/fedora/43",
  minimum,
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2026-12-09" },
} as const satisfies GuestOsFacts;

export const FEDORA_44 = {
  ...onFedora,
  id: "fedora-44",
  name: "Fedora Linux 44",
  libosinfoId: "http://fedoraproject.org/fedora/44",
  minimum,
  recommended: { memoryMiB: 4096 },
  support: { endOfLife: "2027-06-02" },
} as const satisfies GuestOsFacts;
