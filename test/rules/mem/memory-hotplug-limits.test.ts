import { memoryHotplugLimits } from "../../../lib/rules/mem/memory-hotplug-limits";
import { RuleTester } from "../../../lib/testing";

const GIB = 2 ** 20;
/** A guest of 2 GiB that may grow to a maximum in KiB. */
const growing = (maximum_memory: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  memory: 2,
  maximum_memory,
  maximum_memory_slots: 4,
  ...more,
});
const dimm = { devices: { memorydevs: [{ model: "dimm", target: { size: 1, size_unit: "GiB" } }] } };
const cell = { cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2, unit: "GiB" }] } } };

RuleTester.run(memoryHotplugLimits, {
  fails: {
    "a maximum without slots": {
      plan: (t) => t.kvm(growing(4 * GIB, { maximum_memory_slots: null })),
      message: '"a" gives maximumMemory without maximumMemorySlots',
      fix: "set maximumMemorySlots, or remove maximumMemory",
      at: "maximumMemorySlots",
      severity: "error",
    },
    "no slots at all": {
      plan: (t) => t.kvm(growing(4 * GIB, { maximum_memory_slots: 0 })),
      at: "maximumMemorySlots",
    },
    "slots without a maximum": {
      plan: (t) => t.kvm(growing(null)),
      message: '"a" gives maximumMemorySlots without maximumMemory:',
      fix: "set maximumMemory, or remove maximumMemorySlots",
      at: "maximumMemory",
    },
    "slots with a maximum of 0": { plan: (t) => t.kvm(growing(0)), at: "maximumMemory" },
    "a maximum below the memory": {
      plan: (t) => t.kvm(growing(1, { maximum_memory_unit: "GiB" })),
      message: '"a" can grow to 1 GiB (maximumMemory), which is not above its memory of 2 GiB.',
      fix: "set maximumMemory above 2 GiB",
      at: "maximumMemory",
      severity: "error",
    },
    "a maximum that is the memory": (t) => t.kvm(growing(2 * GIB)),
    "a maximum below what the cells and memory devices add up to": {
      plan: (t) => t.kvm(growing(3 * GIB - 1, { ...cell, ...dimm })),
      message: "its memory of 3 GiB",
    },
    "an emulated guest": (t) => t.tcg(growing(1)),
  },
  passes: {
    "a maximum above the memory": (t) =>
      t.kvm(growing(2 * GIB + 1)).kvm(growing(4, { maximum_memory_unit: "GiB" })),
    "a maximum that plugged memory fills": (t) => t.kvm(growing(3 * GIB, { ...cell, ...dimm })),
    "no hotplug": (t) => t.kvm().kvm({ maximum_memory: 0 }),
    "sizes that libvirt does not know: that is another rule's": (t) =>
      t.kvm(growing(1, { maximum_memory_unit: "bushel" })).kvm(growing(1, { memory: null })),
    "a Xen guest: that is another rule's": (t) => t.xenPv(growing(1)),
  },
  undetermined: {
    "a maximum that is known only at apply": {
      plan: (t) => t.kvm(growing("${var.m}")),
      reason: "maximumMemory or maximumMemorySlots are known only at apply",
    },
    "slots that are known only at apply": (t) => t.kvm(growing(1, { maximum_memory_slots: "${var.slots}" })),
    "a unit that is known only at apply": {
      plan: (t) => t.kvm(growing(1, { maximum_memory_unit: "${var.unit}" })),
      reason: "maximumMemory or the guest's memory are known only at apply",
    },
    "memory that is known only at apply": (t) => t.kvm(growing(1, { memory: "${var.m}" })),
  },
});
