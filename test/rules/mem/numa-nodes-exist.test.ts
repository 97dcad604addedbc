import { numaNodesExist } from "../../../lib/rules/mem/numa-nodes-exist";
import { RuleTester } from "../../../lib/testing";

const node = (id: number) => ({ id, cpus: [], pages: [] });
const host = { facts: { numaCells: [node(0), node(1)] } };
const memory = (nodeset: unknown, mode = "strict") => ({
  name: "a",
  numa_tune: { memory: { mode, nodeset } },
});

RuleTester.run(numaNodesExist, {
  fails: {
    "a node that is not there": {
      plan: (t) => t.kvmHost("kvm1", host).kvm(memory("0-3")),
      message: 'numaTune.memory.nodeset of "a" is 0-3, but "kvm1" has no NUMA node 2-3: it has 0-1.',
      fix: "choose from 0-1",
      at: "numaTune.memory.nodeset",
    },
    "one that is only preferred": (t) => t.kvmHost("kvm1", host).tcg(memory("2", "preferred")),
    "one of a cell": {
      plan: (t) =>
        t.kvmHost("kvm1", host).kvm({
          numa_tune: {
            mem_nodes: [
              { cell_id: 0, mode: "strict", nodeset: "0" },
              { cell_id: 1, mode: "strict", nodeset: "5" },
            ],
          },
        }),
      at: "numaTune.memNodes[1].nodeset",
    },
  },
  passes: {
    "nodes of the host": (t) => t.kvmHost("kvm1", host).kvm(memory("0-1")),
    "a set that another rule refuses": (t) => t.kvmHost("kvm1", host).kvm(memory("x")),
    "no nodes": (t) => t.kvm().kvm({ numa_tune: { memory: { mode: "strict", placement: "auto" } } }),
    "a Xen guest": (t) => t.xenHvm(memory("7")),
  },
  undetermined: {
    "a set that is known only at apply": (t) => t.kvmHost("kvm1", host).kvm(memory("${var.nodes}")),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(memory("7")),
    "a host whose nodes are not known": (t) =>
      t.kvmHost("kvm1", { facts: { numaCells: undefined } }).kvm(memory("7")),
  },
});
