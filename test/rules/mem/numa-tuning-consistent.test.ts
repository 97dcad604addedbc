import { numaTuningConsistent } from "../../../lib/rules/mem/numa-tuning-consistent";
import { RuleTester } from "../../../lib/testing";

const CELLS = [0, 1].map((id) => ({ id, cpus: String(id), memory: 1, unit: "GiB" }));
const tune = (numa_tune: unknown, cell: unknown = CELLS) => ({
  name: "a",
  numa_tune,
  cpu: { numa: { cell } },
});
const node = (cell_id: unknown, mode: unknown = "strict", nodeset: unknown = "0") => ({
  cell_id,
  mode,
  nodeset,
});

RuleTester.run(numaTuningConsistent, {
  fails: {
    "no nodeset": {
      plan: (t) => t.kvm(tune({ memory: { mode: "strict" } })),
      message: 'numaTune.memory of "a" has mode strict and no nodeset.',
      fix: 'placement to "auto"',
      at: "numaTune.memory.nodeset",
    },
    "static placement without one": {
      plan: (t) =>
        t.kvm({ ...tune({ memory: { mode: "strict", placement: "static" } }), vcpu_placement: "auto" }),
      message: "has placement static and no nodeset",
    },
    "a nodeset that is none": {
      plan: (t) => t.kvm(tune({ memory: { nodeset: "x" } })),
      message: "no number and no range",
    },
    "a mode that does not exist": {
      plan: (t) => t.kvm(tune({ memory: { mode: "hard", nodeset: "0" } })),
      message: "it can be strict, preferred, interleave or restrictive",
      at: "numaTune.memory.mode",
    },
    "cells that the guest does not have": {
      plan: (t) => t.kvm(tune({ mem_nodes: [node(0)] }, [])),
      message: "and has none (cpu.numa.cell)",
      at: "numaTune.memNodes",
    },
    "a cell beyond the last": {
      plan: (t) => t.kvm(tune({ mem_nodes: [node(0), node(2)] })),
      message: 'numaTune.memNodes[1] of "a" is for NUMA cell 2, but the guest has 0-1 alone.',
      at: "numaTune.memNodes[1].cellId",
    },
    "a cell that is bound twice": {
      plan: (t) => t.kvm(tune({ mem_nodes: [node(0), node(0)] })),
      message: "is bound twice, by numaTune.memNodes[0] and numaTune.memNodes[1]",
    },
    "a cell without nodes": {
      plan: (t) => t.kvm(tune({ mem_nodes: [node(0, "strict", null)] })),
      message: 'numaTune.memNodes[0].nodeset of "a" is missing.',
    },
    "automatic placement": {
      plan: (t) => t.kvm(tune({ memory: { mode: "strict", placement: "auto" }, mem_nodes: [node(0)] })),
      message: "leaves placement to libvirt (auto)",
    },
    "automatic placement of vCPUs": (t) =>
      t.kvm({ ...tune({ mem_nodes: [node(0)] }), vcpu_placement: "auto" }),
    "restrictive for all alone": {
      plan: (t) => t.kvm(tune({ memory: { mode: "restrictive", nodeset: "0" }, mem_nodes: [node(0)] })),
      message: "has mode strict, while numaTune.memory has restrictive",
      at: "numaTune.memNodes[0].mode",
    },
    "a Xen guest": (t) => t.xenHvm(tune({ memory: { mode: "strict" } })),
  },
  passes: {
    "nodes for all and for cells": (t) =>
      t.kvm(
        tune({ memory: { mode: "strict", nodeset: "0-1,^1" }, mem_nodes: [node(0), node(1, "restrictive")] }),
      ),
    "restrictive for both": (t) =>
      t.kvm(tune({ memory: { mode: "restrictive", nodeset: "0" }, mem_nodes: [node(0, "restrictive")] })),
    "automatic placement alone": (t) =>
      t
        .kvm(tune({ memory: { mode: "strict", placement: "auto" } }))
        .kvm({ ...tune({ memory: { mode: "strict" } }), vcpu_placement: "auto" }),
    "a nodeset beside automatic vCPUs": (t) =>
      t.kvm({
        ...tune({ memory: { mode: "strict", nodeset: "0" }, mem_nodes: [node(0)] }),
        vcpu_placement: "auto",
      }),
    nothing: (t) =>
      t
        .kvm()
        .kvm(tune({}))
        .kvm(tune({ memory: {} })),
  },
  undetermined: {
    "a nodeset that is known only at apply": (t) =>
      t.kvm(tune({ memory: { mode: "strict", nodeset: "${var.n}" } })),
    "a placement that is known only at apply": (t) => t.kvm(tune({ memory: { placement: "${var.p}" } })),
    "a cell that is known only at apply": (t) => t.kvm(tune({ mem_nodes: [node("${var.cell}")] })),
    "cells that are known only at apply": (t) => t.kvm(tune({ mem_nodes: [node(5)] }, "${var.cells}")),
    "a mode that is known only at apply": (t) => t.kvm(tune({ mem_nodes: [node(0, "${var.mode}")] })),
  },
});
