import { hugepagesNeedAllocation } from "../../../lib/rules/mem/hugepages-need-allocation";
import { RuleTester } from "../../../lib/testing";

const backing = (more: Record<string, unknown>, pages: unknown = {}) => ({
  name: "a",
  memory_backing: { memory_huge_pages: pages, ...more },
});
const source = (type: string) => ({ memory_source: { type } });
const allocation = (mode: string) => ({ memory_allocation: { mode } });

RuleTester.run(hugepagesNeedAllocation, {
  fails: {
    "anonymous memory": {
      plan: (t) => t.kvm(backing(source("anonymous"))),
      message: "and from a source of type anonymous",
      fix: 'to "memfd"',
      at: "memoryBacking.memorySource.type",
    },
    "allocation on demand": {
      plan: (t) => t.tcg(backing(allocation("ondemand"))),
      message: "does not allocate on demand",
      at: "memoryBacking.memoryAllocation.mode",
    },
    "both, with pages of a size": {
      plan: (t) =>
        t.kvm(
          backing(
            { ...source("anonymous"), ...allocation("ondemand") },
            { hugepages: [{ size: 2, unit: "MiB" }] },
          ),
        ),
      count: 2,
    },
  },
  passes: {
    "other sources and modes": (t) =>
      t
        .kvm(backing({ ...source("memfd"), ...allocation("immediate") }))
        .kvm(backing(source("file")))
        .kvm(backing({})),
    "no huge pages": (t) =>
      t.kvm().kvm({ memory_backing: { ...source("anonymous"), ...allocation("ondemand") } }),
  },
  undetermined: {
    "a source that is known only at apply": (t) => t.kvm(backing(source("${var.type}"))),
    "a mode that is known only at apply": (t) => t.kvm(backing(allocation("${var.mode}"))),
  },
});
