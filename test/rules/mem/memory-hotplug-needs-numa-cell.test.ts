import { memoryHotplugNeedsNumaCell } from "../../../lib/rules/mem/memory-hotplug-needs-numa-cell";
import { RuleTester } from "../../../lib/testing";

const hotplug = { maximum_memory: 8, maximum_memory_unit: "GiB", maximum_memory_slots: 4 };
const cell = { cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2, unit: "GiB" }] } } };

RuleTester.run(memoryHotplugNeedsNumaCell, {
  fails: {
    "hotplug without a NUMA cell": {
      plan: (t) => t.kvm({ name: "a", ...hotplug, memory: 3, vcpu: 4 }),
      message: '"a" asks for memory hotplug (maximumMemory) without a NUMA cell',
      fix: 'set cpu.numa.cell to [{ id: 0, cpus: "0-3", memory: 3, unit: "GiB" }], or remove',
      at: "cpu.numa.cell",
      severity: "error",
    },
    "a guest of one vCPU, with memory in KiB": {
      plan: (t) => t.kvm({ ...hotplug, vcpu: 1, memory: 4096, memory_unit: null }),
      fix: 'cpus: "0", memory: 4096, unit: "KiB"',
    },
    "what is late is left open": {
      plan: (t) => t.kvm({ ...hotplug, vcpu: "${var.n}", memory: "${var.m}", memory_unit: "${var.u}" }),
      fix: 'cpus: "0", memory: …, unit: "KiB"',
    },
    "an empty list of cells": (t) => t.kvm({ ...hotplug, cpu: { numa: { cell: [] } } }),
    "slots alone": (t) => t.kvm({ maximum_memory_slots: 4 }),
    "a maximum alone": (t) => t.kvm({ maximum_memory: 8 }),
    "a maximum beside late slots": (t) => t.kvm({ maximum_memory: 8, maximum_memory_slots: "${var.slots}" }),
    "an emulated guest": (t) => t.tcg(hotplug),
    "a Xen guest": {
      plan: (t) => t.xenHvm({ name: "x", ...hotplug }),
      message: 'Xen guest "x" asks for memory hotplug (maximumMemory), which libvirt does not offer for Xen',
      fix: "remove maximumMemory and maximumMemorySlots",
      at: "maximumMemory",
      severity: "error",
    },
    "Xen guests even with a cell": {
      plan: (t) => t.xenPv({ ...hotplug, ...cell }).xenPvh(hotplug),
      count: 2,
    },
  },
  passes: {
    "a guest with a cell": (t) => t.kvm({ ...hotplug, ...cell }),
    "a guest with a cell, whose maximum is late": (t) => t.kvm({ maximum_memory: "${var.m}", ...cell }),
    "a cell whose size and CPUs are late": (t) =>
      t.kvm({ ...hotplug, cpu: { numa: { cell: [{ cpus: "${var.cpus}", memory: "${var.m}" }] } } }),
    "a POWER guest": (t) =>
      t
        .kvm({ ...hotplug, os: { type_arch: "ppc64le", type_machine: "pseries" } })
        .kvm({ ...hotplug, os: { type_arch: "ppc64", type_machine: "pseries" } }),
    "no hotplug": (t) => t.kvm().xenPv(),
    "a maximum of 0": (t) =>
      t.kvm({ maximum_memory: 0, maximum_memory_slots: 0 }).xenPv({ maximum_memory: 0 }),
    "another hypervisor": (t) => t.kvm({ type: "bhyve", ...hotplug }),
  },
  undetermined: {
    "a maximum that is known only at apply": {
      plan: (t) => t.kvm({ maximum_memory: "${var.m}" }),
      reason: "known only at apply",
    },
    "slots that are known only at apply": (t) => t.kvm({ maximum_memory_slots: "${var.slots}" }),
    "a Xen guest whose maximum is known only at apply": (t) => t.xenPv({ maximum_memory: "${var.m}" }),
    "cells that are known only at apply": (t) =>
      t.kvm({ ...hotplug, cpu: { numa: { cell: "${var.cells}" } } }),
    "an architecture that is known only at apply": (t) =>
      t.kvm({ ...hotplug, os: { type_arch: "${var.arch}" } }),
    "a type that is known only at apply": {
      plan: (t) => t.kvm({ ...hotplug, type: "${var.type}" }),
      reason: "the guest's type is known only at apply",
    },
  },
});
