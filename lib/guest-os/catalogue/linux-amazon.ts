import type { GuestOsFacts } from "../facts";

export const AMAZON_LINUX_2023 = {
  id: "amazon-linux-2023",
  name: "Amazon Linux 2023",
  family: "linux",
  libosinfoId: "http://libosinfo.org/linux/2022",
  architectures: ["x86_64", "aarch64"],
  x86Level: "v2",
  kernel: "6.1",
  minimum: { memoryMiB: 512, vcpus: 1 },
  recommended: { memoryMiB: 1024, diskGiB: 8 },
  support: { endOfLife: "2027-06-30", extended: { maintenance: "2029-06-30" } },
  firmware: { bios: true, uefi: true },
  tpm: "none",
  virtioInBox: true,
  xen: {
    pv: false,
    pvh: true,
    hvm: true,
    pvDriversInBox: true,
    source: "boot configs of 6.1.19 and 6.1.141",
  },
  cloudInitUser: "ec2-user",
  clock: "utc",
} as const satisfies GuestOsFacts;
