import { numaCellsWellFormed } from "../../../lib/rules/mem/numa-cells-well-formed";
import { RuleTester } from "../../../lib/testing";

const cells = (...cell: unknown[]) => ({ name: "a", vcpu: 4, cpu: { numa: { cell } } });
const cell = (id: unknown, cpus: unknown, memory: unknown = 1) => ({ id, cpus, memory, unit: "GiB" });

RuleTester.run(numaCellsWellFormed, {
  fails: {
    "a vCPU in two cells": {
      plan: (t) => t.kvm(cells(cell(0, "0-2"), cell(1, "2-3"))),
      message: 'NUMA cells 0 and 1 of "a" both contain vCPU 2.',
      fix: "give each vCPU to one cell",
      at: "cpu.numa.cell[1].cpus",
    },
    "a vCPU that the guest does not have": {
      plan: (t) => t.kvm(cells(cell(0, "0-1"), cell(1, "2-5"))),
      message: 'NUMA cell 1 of "a" contains vCPU 4-5, but the guest has 4 (0-3).',
      fix: "choose from 0-3, or raise vcpu to 6",
    },
    "a gap in the ids": {
      plan: (t) => t.kvm(cells(cell(0, "0-1"), cell(2, "2-3"))),
      message: 'NUMA cell 2 of "a" is one of 2; ids are 0-1.',
      at: "cpu.numa.cell[1].id",
    },
    "an id that is given twice": {
      plan: (t) => t.kvm(cells(cell(0, "0-1"), cell(0, "2-3"))),
      message: 'Two NUMA cells of "a" have id 0: cpu.numa.cell[0] and cpu.numa.cell[1].',
    },
    "a single cell with another id": (t) => t.kvm(cells(cell(1, "0-3"))),
    "cpus that are not a set": { plan: (t) => t.kvm(cells(cell(0, "x"))), message: "no number and no range" },
    "no memory": { plan: (t) => t.kvm(cells(cell(0, "0-3", null))), at: "cpu.numa.cell[0].memory" },
    "a Xen guest": (t) => t.xenHvm(cells(cell(0, "0-2"), cell(1, "2-3"))),
  },
  passes: {
    "cells that share out the vCPUs": (t) => t.kvm(cells(cell(0, "0-1"), cell(1, "2,3"))),
    "ids in another order, and none": (t) =>
      t
        .kvm(cells(cell(1, "0-1"), cell(0, "2-3")))
        .kvm(cells(cell(null, "0-1"), cell(null, "2-3")))
        .kvm(cells(cell(null, "0-1"), cell(1, "2-3"))),
    "cells without vCPUs": (t) =>
      t.kvm(cells(cell(0, "0-3"), cell(1, null))).kvm(cells(cell(0, "0-3"), cell(1, "0,^0"))),
    "part of the vCPUs": (t) => t.kvm(cells(cell(0, "0"))),
    "no cells": (t) => t.kvm(),
  },
  undetermined: {
    "cpus that are known only at apply": (t) => t.kvm(cells(cell(0, "${var.cpus}"))),
    "an id that is known only at apply": (t) => t.kvm(cells(cell("${var.id}", "0-3"))),
    "a number of vCPUs that is known only at apply": (t) =>
      t.kvm({ ...cells(cell(0, "0-3")), vcpu: "${var.vcpus}" }),
    "cells that are known only at apply": (t) => t.kvm({ cpu: { numa: { cell: "${var.cells}" } } }),
  },
});
