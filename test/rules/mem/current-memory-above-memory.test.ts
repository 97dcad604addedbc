import { currentMemoryAboveMemory } from "../../../lib/rules/mem/current-memory-above-memory";
import { RuleTester } from "../../../lib/testing";

const GIB = 2 ** 20;
/** A guest of 2 GiB with current memory in KiB. */
const current = (current_memory: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  memory: 2,
  current_memory,
  ...more,
});

RuleTester.run(currentMemoryAboveMemory, {
  fails: {
    "one KiB above": {
      plan: (t) => t.kvm(current(2 * GIB + 1)),
      at: "currentMemory",
      severity: "warning",
    },
    "in another unit": {
      plan: (t) => t.kvm(current(4, { current_memory_unit: "GiB" })),
      message: 'currentMemory 4 GiB of "a" is above its memory of 2 GiB',
      fix: "set currentMemory to at most 2 GiB, or memory to 4 GiB",
    },
    "above what the cells add up to": {
      plan: (t) => t.kvm(current(2 * GIB, { cpu: { numa: { cell: [{ memory: 1, unit: "GiB" }] } } })),
      message: "its memory of 1 GiB",
    },
    "a Xen guest": (t) => t.xenPv(current(4 * GIB)),
  },
  passes: {
    "as much": (t) => t.kvm(current(2 * GIB)),
    "less, and none given": (t) => t.kvm(current(1)).kvm(),
    "sizes that are not known: that is another rule's": (t) =>
      t.kvm(current(5 * GIB, { memory: null })).kvm(current(5, { current_memory_unit: "bushel" })),
    "late memory without current memory": (t) => t.kvm({ memory: "${var.m}" }),
  },
  undetermined: {
    "current memory that is known only at apply": {
      plan: (t) => t.kvm(current("${var.m}")),
      reason: "the guest's memory is known only at apply",
    },
    "memory that is known only at apply": (t) => t.kvm(current(5, { memory: "${var.m}" })),
    "a unit that is known only at apply": (t) => t.kvm(current(5, { current_memory_unit: "${var.u}" })),
  },
});
