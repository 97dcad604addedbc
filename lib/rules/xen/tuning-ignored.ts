import { defineRule, type Outcome, xenGuests } from "../../rule";
import { ignoredIn, reportIgnored } from "./ignored";

const OF_GUEST = {
  numaTune: "NUMA placement",
  memoryTune: "memory limits",
  blockIoTune: "block I/O limits",
  ioThreads: "I/O threads",
  ioThreadIDs: "I/O threads with ids",
  throttleGroups: "throttle groups",
  vcpuCpuset: "a set of CPUs for all its vCPUs",
};

/** Its memory is locked and shared with nobody anyhow. */
const OF_MEMORY_BACKING = {
  memoryHugePages: "huge pages",
  memorySource: "a source of its memory",
  memoryAccess: "a mode of access to its memory",
  memoryAllocation: "a way to allocate its memory",
  memoryDiscard: "memory that is discarded",
};

const OF_CPU_TUNE = {
  period: "a CPU period",
  quota: "a CPU quota",
  globalPeriod: "a CPU period for all",
  globalQuota: "a CPU quota for all",
  emulatorPin: "a pinned emulator",
  emulatorPeriod: "a CPU period of the emulator",
  emulatorQuota: "a CPU quota of the emulator",
  emulatorSched: "a scheduler for the emulator",
  ioThreadPin: "pinned I/O threads",
  ioThreadPeriod: "a CPU period of I/O threads",
  ioThreadQuota: "a CPU quota of I/O threads",
  ioThreadSched: "a scheduler for I/O threads",
  vcpuSched: "a scheduler for vCPUs",
  cacheTune: "shares of the CPU cache",
  memoryTune: "shares of the memory bandwidth",
};

/** These speak to Linux, which on a Xen host runs beside the guests and not below them. */
export const tuningIgnored = defineRule({
  code: "VIRT-XEN-052",
  slug: "tuning-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen guest is tuned by vCPU pins and shares alone",
  why: "Limits, huge pages, NUMA placement and I/O threads are the Linux kernel's or QEMU's. Xen schedules its guests itself: libvirt passes on cpuTune.vcpuPin and cpuTune.shares (the weight), accepts all other tuning, and drops it.",
  fix: "Remove the settings. Pin each vCPU and set shares; further limits are set in dom0 with xl sched-credit2.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo, libxl_domain.c libxlDomainSetVcpuAffinities",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: with period and quota the cap is 0, with emulatorpin there is no affinity; with numatune, memtune, blkiotune, hugepages and iothreads JSON configuration and command line equal those without; vcpupin and shares are delivered",
    "tried: Xen 4.17, libvirt 9.0.0, PV with cpuset 1 on a host of two CPUs: xl vcpu-list shows the affinity all, beside a pinned vCPU's; virsh domxml-to-native prints the set all the same",
    "by the source alone: schedulers, cache and bandwidth shares, throttle groups",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check({ domain, label }): Generator<Outcome> {
    const settings = [
      ...ignoredIn(domain, "", OF_GUEST),
      ...ignoredIn(domain.memoryBacking, "memoryBacking", OF_MEMORY_BACKING),
      ...ignoredIn(domain.cpuTune, "cpuTune", OF_CPU_TUNE),
    ];
    if (settings.length === 0) return;
    yield* reportIgnored(`"${label}"`, settings, {
      advice: "; cpuTune.vcpuPin and cpuTune.shares do work",
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ memory_tune: { hard_limit: 2, hard_limit_unit: "GiB" } }),
    good: (plan) => plan.xenHvm({ cpu_tune: { shares: 512, vcpu_pin: [{ vcpu: 0, cpu_set: "1" }] } }),
  },
});
