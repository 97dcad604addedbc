import { hugepagesPerCell } from "../../../lib/rules/mem/hugepages-per-cell";
import { RuleTester } from "../../../lib/testing";

const CELLS = [0, 1].map((id) => ({ id, cpus: String(id), memory: 1, unit: "GiB" }));
const pages = (...hugepages: unknown[]) => ({
  name: "a",
  memory_backing: { memory_huge_pages: { hugepages } },
});
const twoCells = (...hugepages: unknown[]) => ({ ...pages(...hugepages), cpu: { numa: { cell: CELLS } } });
const page = (size: unknown, nodeset?: unknown) => ({ size, unit: "MiB", nodeset });

RuleTester.run(hugepagesPerCell, {
  fails: {
    "two defaults": {
      plan: (t) => t.kvm(twoCells(page(2), page(1024))),
      message: '"a" has two sizes of huge pages for all cells: 2 MiB and 1 GiB.',
      at: "memoryBacking.memoryHugePages.hugepages[1].nodeset",
    },
    "two sizes for a cell": {
      plan: (t) => t.kvm(twoCells(page(2, "0-1"), page(1024, "1"))),
      message: 'NUMA cell 1 of "a" is given huge pages of 2 MiB and of 1 GiB.',
      fix: "give each cell one size",
    },
    "a cell that is not there": {
      plan: (t) => t.kvm(twoCells(page(2, "1-2"))),
      message: 'are for NUMA cell 2 of "a", which has 0-1 alone',
      fix: "choose from 0-1",
    },
    "a cell where there are none": {
      plan: (t) => t.tcg(pages(page(2, "1"))),
      message: "which has no cells and counts as cell 0",
    },
    "a size of 0": {
      plan: (t) => t.kvm(pages(page(0))),
      at: "memoryBacking.memoryHugePages.hugepages[0].size",
    },
    "a nodeset that is none": { plan: (t) => t.kvm(pages(page(2, "x"))), message: "no number and no range" },
  },
  passes: {
    "a size for each cell": (t) => t.kvm(twoCells(page(2, "0"), page(1024, "1"))),
    "a default beside the size of a cell": (t) => t.kvm(twoCells(page(2), page(1024, "1"))),
    "cell 0 of a guest without cells": (t) => t.kvm(pages(page(2, "0"))),
    "huge pages of the host's default size": (t) =>
      t.kvm(pages()).kvm({ memory_backing: { memory_huge_pages: {} } }),
    "no huge pages": (t) => t.kvm(),
  },
  undetermined: {
    "a nodeset that is known only at apply": (t) => t.kvm(twoCells(page(2, "${var.cells}"))),
    "a size that is known only at apply": (t) => t.kvm(twoCells(page("${var.size}", "0"))),
    "cells that are known only at apply": (t) =>
      t.kvm({ ...pages(page(2, "5")), cpu: { numa: { cell: "${var.cells}" } } }),
  },
});
