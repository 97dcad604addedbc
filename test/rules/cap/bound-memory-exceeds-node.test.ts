import { boundMemoryExceedsNode } from "../../../lib/rules/cap/bound-memory-exceeds-node";
import { RuleTester } from "../../../lib/testing";

const numaCells = [0, 1].map((id) => ({ id, memoryKiB: 32 * 2 ** 20, cpus: [id], pages: [] }));
const host = { facts: { numaCells } };
const bound = (nodeset: string, memory: unknown, more: Record<string, unknown> = {}) => ({
  memory,
  numa_tune: { memory: { mode: "strict", nodeset } },
  ...more,
});

RuleTester.run(boundMemoryExceedsNode, {
  fails: {
    "more than the node has": {
      plan: (t) =>
        t
          .kvmHost("h", host)
          .kvm(bound("1", 20, { name: "a" }))
          .kvm(bound("1", 13, { name: "b" })),
      message: 'NUMA node 1 of "h" has 32 GiB, and 33 GiB are bound to it: a 20 GiB, b 13 GiB.',
      fix: "bind 1 GiB less, or use mode preferred",
      places: ["a", "b"],
      severity: "warning",
    },
    "memory that is never given back": {
      plan: (t) => t.kvmHost("h", host).kvm(bound("0", 33, { memory_backing: { memory_locked: true } })),
      severity: "error",
    },
    "a pinned guest that fits beside one that does not": {
      plan: (t) =>
        t
          .kvmHost("h", host)
          .kvm(bound("0", 10, { memory_backing: { memory_locked: true } }))
          .kvm(bound("0", 30)),
      severity: "warning",
    },
    "a set of nodes": {
      plan: (t) => t.kvmHost("h", host).kvm(bound("0-1", 40)).kvm(bound("0", 25)),
      message: 'NUMA nodes 0-1 of "h" have 64 GiB, and 65 GiB are bound to them',
    },
    "strict is the default": (t) =>
      t.kvmHost("h", host).kvm({ memory: 33, numa_tune: { memory: { nodeset: "0" } } }),
    instances: (t) => t.kvmHost("h", host).kvm(bound("0", 11, { count: 3 })),
  },
  passes: {
    "as much as the nodes have": (t) => t.kvmHost("h", host).kvm(bound("0", 32)).kvm(bound("1", 32)),
    "other modes": (t) =>
      t.kvmHost("h", host).kvm({ memory: 40, numa_tune: { memory: { mode: "preferred", nodeset: "0" } } }),
    "nodes that the host chooses": (t) =>
      t.kvmHost("h", host).kvm({ memory: 40, numa_tune: { memory: { mode: "strict", placement: "auto" } } }),
    "guests without binding": (t) => t.kvmHost("h", { facts: null }).kvm({ memory: 60 }),
    "a guest that is switched off": (t) => t.kvmHost("h", host).kvm(bound("0", 40, { running: false })),
    "a node that nobody knows": (t) => t.kvmHost("h", host).kvm(bound("5", 40)),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).kvm(bound("0", 1)),
    "a late nodeset": (t) => t.kvmHost("h", host).kvm(bound("${var.n}", 1)),
    "late memory": (t) => t.kvmHost("h", host).kvm(bound("0", "${var.m}")),
  },
});
