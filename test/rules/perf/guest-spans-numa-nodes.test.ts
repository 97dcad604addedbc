import { guestSpansNumaNodes } from "../../../lib/rules/perf/guest-spans-numa-nodes";
import { RuleTester } from "../../../lib/testing";

const numaCells = [0, 1].map((id) => ({
  id,
  memoryKiB: 32 * 2 ** 20,
  cpus: [2 * id, 2 * id + 1],
  pages: [],
}));
const host = { facts: { numaCells } };
const numa = { numa: { cell: [{ memory: 40, unit: "GiB" }] } };

RuleTester.run(guestSpansNumaNodes, {
  fails: {
    "more memory than a node": {
      plan: (t) => t.kvmHost("h", host).kvm({ name: "a", memory: 33 }),
      message: '"a" has 33 GiB, and no NUMA node of "h" has more than 32 GiB',
      at: "cpu.numa",
    },
    "more vCPUs than a node": {
      plan: (t) => t.kvmHost("h", host).kvm({ name: "a", vcpu: 3, memory: "${var.m}" }),
      message: '"a" has 3 vCPUs, and no NUMA node of "h" has more than 2 CPUs',
    },
  },
  passes: {
    "a guest that fits": (t) => t.kvmHost("h", host).kvm({ memory: 32, vcpu: 2 }),
    "a guest with cells": (t) => t.kvmHost("h", { facts: null }).kvm({ vcpu: 9, cpu: numa }),
    "a host of one node": (t) => t.kvm({ memory: 60, vcpu: 64 }),
    "a node whose size nobody knows": (t) =>
      t
        .kvmHost("h", { facts: { numaCells: [0, 1].map((id) => ({ id, cpus: [1, 2], pages: [] })) } })
        .kvm({ memory: 60 }),
    "no memory": (t) => t.kvmHost("h", host).kvm({ memory: null }),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).kvm(),
    "a late size": (t) => t.kvmHost("h", host).kvm({ memory: "${var.m}" }),
    "late vCPUs": (t) => t.kvmHost("h", host).kvm({ vcpu: "${var.n}" }),
  },
});
