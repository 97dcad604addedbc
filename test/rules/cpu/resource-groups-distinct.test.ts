import { resourceGroupsDistinct } from "../../../lib/rules/cpu/resource-groups-distinct";
import { RuleTester } from "../../../lib/testing";

const L3 = { id: 0, level: 3, type: "both", size: 3, unit: "MiB" };
const cache = (vcpus: string, ...caches: object[]) => ({ vcpus, cache: caches.length > 0 ? caches : [L3] });
const memory = (vcpus: string, ...nodes: object[]) => ({ vcpus, nodes });
const guest = (cpu_tune: unknown) => ({ name: "web", vcpu: 4, cpu_tune });

RuleTester.run(resourceGroupsDistinct, {
  fails: {
    "groups that meet": {
      plan: (t) => t.kvm(guest({ cache_tune: [cache("0"), cache("0-1")] })),
      message:
        'cpuTune.cacheTune[1] and cpuTune.cacheTune[0] of "web" are for vCPUs 0-1 and 0; a vCPU is in one group.',
      at: "cpuTune.cacheTune[1].vcpus",
    },
    "one group twice": (t) => t.kvm(guest({ cache_tune: [cache("0-1"), cache("0,1")] })),
    "cache and memory that meet": {
      plan: (t) =>
        t.kvm(guest({ cache_tune: [cache("0-1")], memory_tune: [memory("1-2", { id: 0, bandwidth: 20 })] })),
      at: "cpuTune.memoryTune[0].vcpus",
    },
    "no vCPUs": {
      plan: (t) => t.kvm(guest({ cache_tune: [cache("")] })),
      message: 'vcpus of "web" is missing',
    },
    "no set of vCPUs": {
      plan: (t) => t.kvm(guest({ memory_tune: [memory("x")] })),
      message: 'is "x", which has "x", which is no number and no range',
    },
    "a cache twice": {
      plan: (t) => t.kvm(guest({ cache_tune: [cache("0", L3, L3)] })),
      message: "sets apart cache 0 of level 3 (both) twice",
      at: "cpuTune.cacheTune[0].cache[1]",
    },
    "a cache as a whole and a part": (t) =>
      t.kvm(guest({ cache_tune: [cache("0", { ...L3, type: "code" }, L3)] })),
    "a node twice": {
      plan: (t) =>
        t.kvm(
          guest({
            memory_tune: [memory("0", { id: 1, bandwidth: 20 }), memory("0", { id: 1, bandwidth: 30 })],
          }),
        ),
      message: "The bandwidth of node 1 is given twice for vCPUs 0",
    },
    "more than all bandwidth": {
      plan: (t) => t.kvm(guest({ memory_tune: [memory("0", { id: 0, bandwidth: 101 })] })),
      message: "gives 101 per cent",
    },
    "an emulated guest": {
      plan: (t) => t.tcg(guest({ cache_tune: [cache("0")] })),
      message: "is of type qemu",
      fix: 'use type "kvm"',
    },
  },
  passes: {
    "groups apart": (t) =>
      t.kvm(
        guest({
          cache_tune: [
            cache("0", { ...L3, type: "code" }, { ...L3, type: "data" }),
            cache("1", { ...L3, id: 1 }, L3),
          ],
          memory_tune: [memory("0", { id: 0, bandwidth: 20 }), memory("2-3", { id: 0, bandwidth: 80 })],
        }),
      ),
    "vCPUs that the guest does not have": (t) => t.tcg(guest({ cache_tune: [cache("7"), cache("7-8")] })),
    "groups of nothing": (t) => t.tcg(guest({ cache_tune: [{ vcpus: "0" }, { vcpus: "0-1" }] })),
  },
  undetermined: {
    "late vCPUs": {
      plan: (t) => t.kvm(guest({ cache_tune: [cache("${var.set}")] })),
      reason: "what is set apart for vCPUs is known only at apply",
    },
  },
});
