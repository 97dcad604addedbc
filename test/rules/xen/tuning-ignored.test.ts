import { tuningIgnored } from "../../../lib/rules/xen/tuning-ignored";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(tuningIgnored, {
  fails: {
    "memory limits": {
      plan: (t) => t.xenHvm({ name: "a", memory_tune: { hard_limit: 1048576 } }),
      severity: "warning",
      message:
        /^"a" would start without memory limits: libvirt's Xen driver accepts the setting and drops it\.$/,
      fix: "remove memoryTune; cpuTune.vcpuPin and cpuTune.shares do work",
      at: "memoryTune",
      places: ["a"],
    },
    "all that was measured, in one finding": {
      plan: (t) =>
        t.xenHvm({
          numa_tune: { memory: { mode: "strict", nodeset: "0" } },
          block_io_tune: { weight: 500 },
          io_threads: 2,
          memory_backing: { memory_huge_pages: { hugepages: [{ size: 2048 }] } },
          cpu_tune: { shares: 512, period: 100000, quota: 50000, emulator_pin: { cpu_set: "0" } },
        }),
      message:
        "NUMA placement, block I/O limits, I/O threads, huge pages, a CPU period, a CPU quota and a pinned emulator",
    },
    "a set of CPUs for all vCPUs, of which libvirt's own conversion to xl knows": {
      plan: (t) => t.xenPv({ name: "a", vcpu_cpuset: "0-1" }),
      severity: "warning",
      message: '"a" would start without a set of CPUs for all its vCPUs',
      fix: "remove vcpuCpuset; cpuTune.vcpuPin and cpuTune.shares do work",
      at: "vcpuCpuset",
    },
    "where its memory comes from, and who shares it": {
      plan: (t) =>
        t.xenHvm({
          memory_backing: {
            memory_source: { type: "memfd" },
            memory_access: { mode: "shared" },
            memory_allocation: { mode: "immediate" },
            memory_discard: true,
          },
        }),
      message:
        "without a source of its memory, a mode of access to its memory, a way to allocate its memory and memory that is discarded",
      at: "memoryBacking.memorySource",
    },
    "PV and PVH guests": {
      plan: (t) => t.xenPv({ io_threads: 1 }).xenPvh({ cpu_tune: { global_quota: 50000 } }),
      count: 2,
    },
  },
  passes: {
    "pins and shares": (t) =>
      t.xenPv({ cpu_tune: { shares: 512, vcpu_pin: [{ vcpu: 0, cpu_set: "1" }] } }).xenHvm(),
    "memory that Xen always locks and never shares": (t) =>
      t.xenHvm({ memory_backing: { memory_locked: true, memory_nosharepages: true } }),
    "empty lists and texts": (t) => t.xenHvm({ cpu_tune: { vcpu_sched: [] }, vcpu_cpuset: "" }),
    "a KVM guest": (t) => t.kvm({ memory_tune: { hard_limit: 8388608 }, io_threads: 1 }),
  },
  undetermined: {
    "late tuning": {
      plan: (t) => t.xenHvm({ io_threads: "${var.threads}" }),
      reason: "whether a guest asks for I/O threads is known only at apply",
    },
    "a late object": (t) => t.xenHvm({ cpu_tune: "${var.tune}" }),
  },
});
