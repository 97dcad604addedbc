import type { GuestOsFacts } from "../facts";

/*
 * Red Hat Enterprise Linux and what is rebuilt from its sources. From release 8 on all of them share one answer on
 * Xen: fully virtualized with PV drivers, nothing else. CONFIG_PVH is on in release 9, CONFIG_XEN_PVH is not.
 */

const onAll = {
  family: "linux",
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  clock: "utc",
} as const satisfies Partial<GuestOsFacts>;

const xen = { pv: false, pvh: false, hvm: true, pvDriversInBox: true } as const;

const TIB = 2 ** 20;

/** Of releases 8 and 9, on all that are made of the same sources. */
const maxima = {
  maximum: { memoryMiB: 24 * TIB, vcpus: 768 },
  maximumByArchitecture: {
    aarch64: { memoryMiB: 1.5 * TIB, vcpus: 256 },
    ppc64le: { memoryMiB: 32 * TIB },
    s390x: { memoryMiB: 16 * TIB, vcpus: 340 },
  },
} as const satisfies Partial<GuestOsFacts>;

const release8 = {
  ...onAll,
  x86Level: "v1",
  kernel: "4.18",
  minimum: { memoryMiB: 1536, diskGiB: 10, vcpus: 1 },
  ...maxima,
  recommended: { memoryMiB: 2048 },
  xen: { ...xen, source: "openela kernel-x86_64.config el8" },
} as const;

const release9 = {
  ...onAll,
  x86Level: "v2",
  kernel: "5.14",
  minimum: { memoryMiB: 1536, diskGiB: 10, vcpus: 1 },
  ...maxima,
  recommended: { memoryMiB: 2048 },
  xen: { ...xen, source: "openela kernel-x86_64.config el9" },
} as const;

const release10 = {
  ...onAll,
  x86Level: "v3",
  kernel: "6.12",
  minimum: { memoryMiB: 2048, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 4096 },
  xen: {
    ...xen,
    source: "kernel-x86_64-rhel.config 6.11 built for CentOS Stream 10; the shipped 6.12 was not read",
  },
} as const;

export const RHEL_7 = {
  ...onAll,
  id: "rhel-7",
  name: "Red Hat Enterprise Linux 7",
  libosinfoId: "http://redhat.com/rhel/7.9",
  libosinfoSeries: "http://redhat.com/rhel/7",
  architectures: ["x86_64", "ppc64", "ppc64le", "s390x", "aarch64"],
  x86Level: "v1",
  kernel: "3.10",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  maximum: { memoryMiB: 12 * TIB, vcpus: 768 },
  maximumByArchitecture: {
    ppc64: { memoryMiB: 32 * TIB },
    ppc64le: { memoryMiB: 32 * TIB },
    s390x: { memoryMiB: 10 * TIB, vcpus: 256 },
  },
  recommended: { memoryMiB: 2048, diskGiB: 20 },
  support: { endOfLife: "2024-06-30", extended: { ELS: "2029-05-31" } },
  xen: {
    pvh: false,
    hvm: true,
    pvDriversInBox: true,
    note: "the 3.10 kernel is configured for PV, but SUSE writes that Red Hat dropped its Xen PV drivers with 7.2",
    source: "boot configuration of 3.10.0-1160; SUSE virt_support",
  },
  cloudInitUser: "cloud-user",
} as const satisfies GuestOsFacts;

export const RHEL_8 = {
  ...release8,
  id: "rhel-8",
  name: "Red Hat Enterprise Linux 8",
  libosinfoId: "http://redhat.com/rhel/8.10",
  libosinfoSeries: "http://redhat.com/rhel/8",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  minimum: { ...release8.minimum, installMemoryMiB: 3072 },
  recommended: { memoryPerVcpuMiB: 1536, diskGiB: 20 },
  support: { endOfLife: "2029-05-31", extended: { ELS: "2033-05-31" } },
  cloudInitUser: "cloud-user",
  notes: ["an installation over the network needs twice the memory of an installed system"],
} as const satisfies GuestOsFacts;

export const RHEL_9 = {
  ...release9,
  id: "rhel-9",
  name: "Red Hat Enterprise Linux 9",
  libosinfoId: "http://redhat.com/rhel/9.6",
  libosinfoSeries: "http://redhat.com/rhel/9",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  minimum: { ...release9.minimum, installMemoryMiB: 3072 },
  recommended: { memoryMiB: 2048, diskGiB: 20 },
  support: { endOfLife: "2032-05-31", extended: { ELS: "2036-05-31" } },
  cloudInitUser: "cloud-user",
  notes: ["an installation over the network needs twice the memory of an installed system"],
} as const satisfies GuestOsFacts;

export const RHEL_10 = {
  ...release10,
  id: "rhel-10",
  name: "Red Hat Enterprise Linux 10",
  libosinfoId: "http://redhat.com/rhel/10.0",
  libosinfoSeries: "http://redhat.com/rhel/10",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  recommended: { memoryMiB: 4096, diskGiB: 20 },
  support: { endOfLife: "2035-05-31", extended: { ELS: "2039-05-31" } },
  cloudInitUser: "cloud-user",
} as const satisfies GuestOsFacts;

export const CENTOS_STREAM_8 = {
  ...release8,
  id: "centos-stream-8",
  name: "CentOS Stream 8",
  libosinfoId: "http://centos.org/centos-stream/8",
  architectures: ["x86_64", "aarch64", "ppc64le"],
  support: { endOfLife: "2024-05-31" },
  xen: { ...xen, source: "kernel-x86_64.config of 4.18.0-448" },
  cloudInitUser: "cloud-user",
} as const satisfies GuestOsFacts;

export const CENTOS_STREAM_9 = {
  ...release9,
  id: "centos-stream-9",
  name: "CentOS Stream 9",
  libosinfoId: "http://centos.org/centos-stream/9",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  support: { endOfLife: "2027-05-31" },
  xen: { ...xen, source: "kernel-x86_64.config of 5.14.0-316" },
  cloudInitUser: "cloud-user",
} as const satisfies GuestOsFacts;

export const CENTOS_STREAM_10 = {
  ...release10,
  id: "centos-stream-10",
  name: "CentOS Stream 10",
  libosinfoId: "http://centos.org/centos-stream/10",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  minimum: { ...release10.minimum, diskGiB: 15 },
  support: { endOfLife: "2030-05-31" },
  cloudInitUser: "cloud-user",
} as const satisfies GuestOsFacts;

export const ROCKY_LINUX_8 = {
  ...release8,
  id: "rocky-linux-8",
  name: "Rocky Linux 8",
  libosinfoId: "http://rockylinux.org/rocky/8",
  architectures: ["x86_64", "aarch64"],
  support: { endOfLife: "2029-05-31" },
  xen: { ...xen, source: "boot configuration of Rocky Linux 8.10" },
  cloudInitUser: "rocky",
} as const satisfies GuestOsFacts;

export const ROCKY_LINUX_9 = {
  ...release9,
  id: "rocky-linux-9",
  name: "Rocky Linux 9",
  libosinfoId: "http://rockylinux.org/rocky/9",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  support: { endOfLife: "2032-05-31" },
  xen: { ...xen, source: "boot configuration of Rocky Linux 9.0" },
  cloudInitUser: "rocky",
} as const satisfies GuestOsFacts;

export const ROCKY_LINUX_10 = {
  ...release10,
  id: "rocky-linux-10",
  name: "Rocky Linux 10",
  libosinfoId: "http://rockylinux.org/rocky/10",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x", "riscv64"],
  support: { endOfLife: "2035-05-31" },
  cloudInitUser: "rocky",
} as const satisfies GuestOsFacts;

export const ALMALINUX_8 = {
  ...release8,
  id: "almalinux-8",
  name: "AlmaLinux 8",
  libosinfoId: "http://almalinux.org/almalinux/8",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  support: { endOfLife: "2029-05-31" },
  cloudInitUser: "almalinux",
} as const satisfies GuestOsFacts;

export const ALMALINUX_9 = {
  ...release9,
  id: "almalinux-9",
  name: "AlmaLinux 9",
  libosinfoId: "http://almalinux.org/almalinux/9",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  support: { endOfLife: "2032-05-31" },
  xen: { ...xen, source: "boot configuration of AlmaLinux 9.3" },
  cloudInitUser: "almalinux",
} as const satisfies GuestOsFacts;

export const ALMALINUX_10 = {
  ...release10,
  id: "almalinux-10",
  name: "AlmaLinux 10",
  libosinfoId: "http://almalinux.org/almalinux/10",
  architectures: ["x86_64", "aarch64", "ppc64le", "s390x"],
  x86Level: "v2",
  minimum: { ...release10.minimum, memoryMiB: 1536 },
  support: { endOfLife: "2035-05-31" },
  cloudInitUser: "almalinux",
  notes: ["the default build needs x86-64-v3; there is a second one for x86-64-v2"],
} as const satisfies GuestOsFacts;
