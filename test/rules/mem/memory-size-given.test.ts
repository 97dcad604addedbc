import { memorySizeGiven } from "../../../lib/rules/mem/memory-size-given";
import { RuleTester } from "../../../lib/testing";

const cells = (...cell: Record<string, unknown>[]) => ({ cpu: { numa: { cell } } });
const UNITS = [
  "b",
  "bytes",
  "KB",
  "K",
  "kib",
  "KiB",
  "MB",
  "M",
  "MiB",
  "G",
  "GiB",
  "TB",
  "T",
  "TiB",
  "P",
  "EiB",
];

RuleTester.run(memorySizeGiven, {
  fails: {
    "no memory": {
      plan: (t) => t.kvm({ name: "a", memory: null }),
      message: '"a" has no memory.',
      fix: 'set memory and memoryUnit, for example to 2 and "GiB"',
      at: "memory",
      severity: "error",
    },
    "memory of 0": { plan: (t) => t.kvm({ memory: 0 }), message: "has no memory" },
    "a Xen guest without memory": (t) => t.xenPv({ memory: null }),
    "cells without memory, and none beside": (t) =>
      t.kvm({ memory: null, ...cells({ memory: 0 }, { memory: 0 }) }),
    "a unit that libvirt does not know": {
      plan: (t) => t.kvm({ name: "a", memory: 2, memory_unit: "gigs" }),
      message: /^libvirt knows no unit "gigs" \(memoryUnit of "a"\)\.$/,
      fix: "set memoryUnit to one of KiB, MiB, GiB and TiB",
      at: "memoryUnit",
    },
    "a unit of current memory": {
      plan: (t) => t.kvm({ current_memory: 1, current_memory_unit: "X" }),
      at: "currentMemoryUnit",
    },
    "a unit of maximum memory": {
      plan: (t) => t.kvm({ maximum_memory: 1, maximum_memory_unit: "X" }),
      at: "maximumMemoryUnit",
    },
    "a unit of a cell": {
      plan: (t) => t.kvm(cells({ memory: 1, unit: "GiB" }, { memory: 1, unit: "X" })),
      at: "cpu.numa.cell[1].unit",
    },
    "two units": {
      plan: (t) => t.kvm({ memory_unit: "X", current_memory: 1, current_memory_unit: "Y" }),
      message: /"Y"[\s\S]*"X"/,
      count: 2,
    },
  },
  passes: {
    "memory of one byte": (t) => t.kvm({ memory: 1, memory_unit: "b" }),
    "memory without unit": (t) => t.kvm({ memory: 1048576, memory_unit: null }),
    "every unit that libvirt knows": (t) => UNITS.reduce((plan, memory_unit) => plan.kvm({ memory_unit }), t),
    "cells without memory beside memory": (t) => t.kvm(cells({ memory: 0 }, { memory: 0 })),
    "cells with memory instead": (t) => t.kvm({ memory: null, ...cells({ memory: 1 }) }),
    "a unit without a size": (t) => t.kvm({ maximum_memory_unit: "X", current_memory_unit: "X" }),
  },
  undetermined: {
    "memory that is known only at apply": {
      plan: (t) => t.kvm({ memory: "${var.memory}" }),
      reason: "the guest's memory is known only at apply",
    },
    "a unit that is known only at apply": (t) => t.kvm({ memory_unit: "${var.unit}" }),
    "a cell whose memory is known only at apply": (t) => t.kvm(cells({ memory: "${var.memory}" })),
  },
});
