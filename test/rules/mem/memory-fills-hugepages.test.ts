import { memoryFillsHugepages } from "../../../lib/rules/mem/memory-fills-hugepages";
import { RuleTester } from "../../../lib/testing";

const pages = (...hugepages: Record<string, unknown>[]) => ({
  memory_backing: { memory_huge_pages: { hugepages } },
});
const TWO_MIB = { size: 2, unit: "MiB" };
const ONE_GIB = { size: 1, unit: "GiB" };
const memory = (size: unknown, ...hugepages: Record<string, unknown>[]) => ({
  name: "a",
  memory: size,
  memory_unit: "MiB",
  ...pages(...hugepages),
});
const cells = (...mib: unknown[]) => ({
  cpu: { numa: { cell: mib.map((size, id) => ({ id, memory: size, unit: "MiB" })) } },
});

RuleTester.run(memoryFillsHugepages, {
  fails: {
    "less than a page": {
      plan: (t) => t.kvm(memory(1023, ONE_GIB)),
      message: /^Memory of "a" is 1023 MiB, less than one huge page of 1 GiB\.$/,
      fix: /^set it to 1 GiB, or use smaller pages$/,
      at: "memory",
      severity: "error",
    },
    "not a multiple of the page": {
      plan: (t) => t.kvm(memory(3584, ONE_GIB)),
      message:
        /^Memory of "a" is 3.5 GiB, not a multiple of its huge pages of 1 GiB: 512 MiB are taken and never used\.$/,
      fix: /^set it to 4 GiB$/,
      at: "memory",
      severity: "warning",
    },
    "a page size in KiB": { plan: (t) => t.kvm(memory(3, { size: 2048 })), severity: "warning" },
    "a cell that is smaller than a page": {
      plan: (t) => t.kvm({ ...memory(4096, ONE_GIB), ...cells(2048, 512) }),
      message: 'NUMA cell 1 of "a" is 512 MiB, less than one huge page',
      at: "cpu.numa.cell[1].memory",
      severity: "error",
    },
    "cells are pieces of their own": {
      plan: (t) => t.kvm({ ...memory(1, ONE_GIB), ...cells(1536, 1536) }),
      severity: "warning",
      count: 2,
    },
    "the page of a cell": {
      plan: (t) => t.kvm({ ...memory(1, TWO_MIB, { ...ONE_GIB, nodeset: "1-2" }), ...cells(512, 512) }),
      message: "NUMA cell 1",
      severity: "error",
    },
    "the page of cell 0 without cells": (t) => t.kvm(memory(512, { ...ONE_GIB, nodeset: "0" }, TWO_MIB)),
    "a known cell beside a late one": (t) => t.kvm({ ...memory(1, ONE_GIB), ...cells("${var.m}", 512) }),
    "an emulated guest": (t) => t.tcg(memory(1, TWO_MIB)),
  },
  passes: {
    "whole pages": (t) => t.kvm(memory(1024, ONE_GIB)).kvm(memory(3072, ONE_GIB)).kvm(memory(2, TWO_MIB)),
    "cells of whole pages": (t) => t.kvm({ ...memory(1, ONE_GIB), ...cells(1024, 2048) }),
    "a page for other cells": (t) =>
      t.kvm({ ...memory(1, TWO_MIB, { ...ONE_GIB, nodeset: "1" }), ...cells(512) }),
    "no page for this cell": (t) =>
      t.kvm({ ...memory(1, { ...ONE_GIB, nodeset: "1" }), ...cells(512, 1024) }),
    "pages of the host's default size": (t) => t.kvm(memory(3)),
    "no huge pages": (t) => t.kvm({ memory: 1, memory_unit: "KiB" }),
    "no memory: that is another rule's": (t) => t.kvm(memory(null, TWO_MIB)),
    "a Xen guest": (t) => t.xenHvm(memory(3, TWO_MIB)),
  },
  undetermined: {
    "memory that is known only at apply": {
      plan: (t) => t.kvm(memory("${var.m}", TWO_MIB)),
      reason: "the size of memory or of huge pages is known only at apply",
    },
    "a page size that is known only at apply": (t) => t.kvm(memory(1, { size: "${var.size}", unit: "MiB" })),
    "a nodeset that is known only at apply": (t) =>
      t.kvm(memory(1, { ...ONE_GIB, nodeset: "${var.nodes}" }, TWO_MIB)),
    "huge pages that are known only at apply": (t) => t.kvm({ memory_backing: "${var.backing}" }),
  },
});
