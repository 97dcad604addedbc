import type { GuestOsFacts } from "../facts";

/*
 * Oracle Linux comes with two kernels, and on Xen they differ: Oracle's own (UEK, booted by default) and the one
 * that is compatible with Red Hat's (RHCK). An image does not say which one it boots, so PV and PVH stay undecided.
 */

const onOracle = {
  family: "linux",
  architectures: ["x86_64", "aarch64"],
  firmware: { bios: true, uefi: true, secureBoot: true },
  tpm: "none",
  virtioInBox: true,
  cloudInitUser: "cloud-user",
  clock: "utc",
  notes: ["images made for Oracle's cloud name the user opc"],
} as const satisfies Partial<GuestOsFacts>;

/** Oracle counts memory by processors from release 8 on. */
const sinceRelease8 = {
  ...onOracle,
  minimum: { memoryMiB: 1536, memoryPerVcpuMiB: 1536, diskGiB: 10, vcpus: 2 },
  recommended: { memoryMiB: 3072, diskGiB: 20 },
} as const;

const xen = { hvm: true, pvDriversInBox: true } as const;
const byKernel = "PV and PVH: yes with UEK, which is booted by default, no with RHCK";

export const ORACLE_LINUX_7 = {
  ...onOracle,
  id: "oracle-linux-7",
  name: "Oracle Linux 7",
  libosinfoId: "http://oracle.com/ol/7.9",
  libosinfoSeries: "http://oracle.com/ol/7",
  x86Level: "v1",
  minimum: { memoryMiB: 1024, diskGiB: 10, vcpus: 1 },
  recommended: { memoryMiB: 2048 },
  support: { endOfLife: "2024-12-31", extended: { extended: "2028-06-30" } },
  xen: {
    ...xen,
    note: "PV: yes with UEK 5 and 6, doubtful with RHCK; PVH: not known with UEK, no with RHCK",
  },
} as const satisfies GuestOsFacts;

export const ORACLE_LINUX_8 = {
  ...sinceRelease8,
  id: "oracle-linux-8",
  name: "Oracle Linux 8",
  libosinfoId: "http://oracle.com/ol/8.10",
  libosinfoSeries: "http://oracle.com/ol/8",
  x86Level: "v1",
  support: { endOfLife: "2029-07-31", extended: { extended: "2032-07-31" } },
  xen: {
    ...xen,
    note: byKernel,
    source: "boot configurations of UEK 5.15 (8.7, 8.8) and RHCK 4.18 (8.6)",
  },
} as const satisfies GuestOsFacts;

export const ORACLE_LINUX_9 = {
  ...sinceRelease8,
  id: "oracle-linux-9",
  name: "Oracle Linux 9",
  libosinfoId: "http://oracle.com/ol/9.4",
  libosinfoSeries: "http://oracle.com/ol/9",
  x86Level: "v2",
  support: { endOfLife: "2032-06-30", extended: { extended: "2035-06-30" } },
  xen: { ...xen, note: byKernel, source: "oracle/linux-uek ol9 config-x86_64 5.15" },
} as const satisfies GuestOsFacts;

export const ORACLE_LINUX_10 = {
  ...sinceRelease8,
  id: "oracle-linux-10",
  name: "Oracle Linux 10",
  libosinfoId: "http://oracle.com/ol/10.0",
  libosinfoSeries: "http://oracle.com/ol/10",
  x86Level: "v3",
  recommended: { memoryMiB: 3072 },
  xen: { ...xen, note: byKernel, source: "oracle/linux-uek ol10 config-x86_64 6.12" },
} as const satisfies GuestOsFacts;
