import { largeGuestUsesHugepages } from "../../../lib/rules/perf/large-guest-uses-hugepages";
import { RuleTester } from "../../../lib/testing";

const host = (...pages: [number, number | undefined][]) => ({
  facts: {
    numaCells: [
      {
        id: 0,
        cpus: [0],
        pages: pages.map(([sizeKiB, count]) => ({ sizeKiB, ...(count !== undefined && { count }) })),
      },
    ],
  },
});
const huge = { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB" }] } };

RuleTester.run(largeGuestUsesHugepages, {
  fails: {
    "a large guest beside a pool": {
      plan: (t) => t.kvmHost("h", host([4, 2 ** 24], [2048, 16384])).kvm({ name: "db", memory: 32 }),
      message: '"db" has 32 GiB on ordinary pages, although "h" has reserved enough of 2 MiB.',
      fix: "set hugePages to 2 MiB",
      at: "memoryBacking",
    },
    "the largest pages that are enough": {
      plan: (t) => t.kvmHost("h", host([2048, 32768], [1048576, 64])).kvm({ memory: 48 }),
      fix: "1 GiB",
    },
    "a balloon on huge pages": {
      plan: (t) =>
        t.kvm({ name: "db", memory: 8, current_memory: 6, current_memory_unit: "GiB", memory_backing: huge }),
      message: '"db" takes 8 GiB of huge pages at start, so that its balloon of 2 GiB saves nothing.',
      at: "currentMemory",
    },
  },
  passes: {
    "a smaller guest": (t) => t.kvmHost("h", host([2048, 16384])).kvm({ memory: 31 }),
    "a pool that is too small": (t) => t.kvmHost("h", host([2048, 16383])).kvm({ memory: 32 }),
    "pages that do not divide the memory": (t) =>
      t.kvmHost("h", host([1048576, 64])).kvm({ memory: 32 * 1024 + 1, memory_unit: "MiB" }),
    "a host without a pool, or of which nobody knows": (t) =>
      t
        .kvmHost("h", { facts: null })
        .kvm({ memory: 48 })
        .kvmHost("i", host([2048, undefined]))
        .kvm({ host: "i", memory: 48 }),
    "huge pages without a balloon": (t) => t.kvm({ memory: 48, memory_backing: huge }),
    "a balloon on ordinary pages": (t) => t.kvm({ current_memory: 1, current_memory_unit: "GiB" }),
    "no memory": (t) => t.kvm({ memory: null }),
  },
  undetermined: {
    "late memory": (t) => t.kvm({ memory: "${var.m}" }),
    "a late balloon": (t) => t.kvm({ current_memory: "${var.m}", memory_backing: huge }),
  },
});
