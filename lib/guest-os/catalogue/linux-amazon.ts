import type { GuestOsFacts } from "../facts";

/* The odd ones on Xen: Amazon dropped the PV kernel with Linux 5.4 and kept PVH. */

const onAmazon = {
  family: "linux",
  architectures: ["x86_64", "aarch64"],
  minimum: { memoryMiB: 512, vcpus: 1 },
  recommended: { memoryMiB: 1024, diskGiB: 8 },
  tpm: "none",
  virtioInBox: true,
  cloudInitUser: "ec2-user",
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

export const AMAZON_LINUX_2 = {
  ...onAmazon,
  id: "amazon-linux-2",
  name: "Amazon Linux 2",
  libosinfoId: "http://libosinfo.org/linux/2018",
  x86Level: "v1",
  support: { endOfLife: "2026-06-30" },
  firmware: { bios: true, secureBoot: false },
  xen: {
    pvh: true,
    hvm: true,
    pvDriversInBox: true,
    note: "PV: yes with its 4.14 kernel, no with 5.4, 5.10 and 5.15",
    source: "boot configurations of 4.14, 5.4, 5.10 and 5.15",
  },
  notes: ["images for x86-64 boot by BIOS, images for 64-bit ARM by UEFI"],
} as const satisfies GuestOsFacts;

export const AMAZON_LINUX_2023 = {
  ...onAmazon,
  id: "amazon-linux-2023",
  name: "Amazon Linux 2023",
  libosinfoId: "http://libosinfo.org/linux/2022",
  x86Level: "v2",
  kernel: "6.1",
  support: { endOfLife: "2029-06-30" },
  firmware: { bios: true, uefi: true },
  xen: {
    pv: false,
    pvh: true,
    hvm: true,
    pvDriversInBox: true,
    source: "boot configurations of 6.1.19 and 6.1.141",
  },
  notes: ["standard support ends on 2027-06-30, maintenance two years later"],
} as const satisfies GuestOsFacts;
