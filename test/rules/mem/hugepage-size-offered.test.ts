import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { hugepageSizeOffered } from "../../../lib/rules/mem/hugepage-size-offered";
import { RuleTester } from "../../../lib/testing";

const MIB = 1024;
const captured = { facts: HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12")) };
const pages = (...hugepages: Record<string, unknown>[]) => ({
  memory_backing: { memory_huge_pages: { hugepages } },
});
const ofSize = (size: unknown, unit?: unknown) => pages({ size, ...(unit === undefined ? {} : { unit }) });
const anySize = { memory_backing: { memory_huge_pages: {} } };
const host = (pageSizesKiB: number[] | undefined, ...cells: Record<number, number | undefined>[]) => ({
  facts: {
    pageSizesKiB,
    numaCells: cells.map((counts, id) => ({
      id,
      cpus: [],
      pages: Object.entries(counts).map(([sizeKiB, count]) => ({ sizeKiB: Number(sizeKiB), count })),
    })),
  },
});
const X86 = [4, 2 * MIB, 1024 * MIB];

RuleTester.run(hugepageSizeOffered, {
  fails: {
    "a size that the host does not have": {
      plan: (t) => t.kvmHost("h1", host(X86)).kvm({ name: "a", ...ofSize(5, "MiB") }),
      message: '"a" wants huge pages of 5 MiB, which "h1" does not have: it has 2 MiB and 1 GiB.',
      fix: "set the size to 2 MiB",
      at: "memoryBacking.memoryHugePages.hugepages[0].size",
      severity: "error",
    },
    "a size on the captured host": {
      plan: (t) => t.kvmHost("h1", captured).kvm(ofSize(16, "MiB")),
      message: "it has 2 MiB and 1 GiB",
      severity: "error",
    },
    "the captured host, whose pools are empty": {
      plan: (t) => t.kvmHost("h1", captured).kvm({ name: "a", ...ofSize(2, "MiB") }),
      message: 'the pool of "h1" for 2 MiB is empty',
      fix: "reserve pages on h1",
      at: "memoryBacking.memoryHugePages.hugepages[0].size",
      severity: "warning",
    },
    "one of several sizes": {
      plan: (t) =>
        t
          .kvmHost("h1", host(X86))
          .kvm(pages({ size: 2, unit: "MiB" }, { size: 3, unit: "MiB", nodeset: "1" })),
      at: "memoryBacking.memoryHugePages.hugepages[1].size",
    },
    "each of several sizes": {
      plan: (t) => t.kvmHost("h1", host(X86)).kvm(pages({ size: 5, unit: "MiB" }, { size: 3, unit: "MiB" })),
      count: 2,
    },
    "a size in KiB": {
      plan: (t) => t.kvmHost("h1", host(X86)).kvm(ofSize(2)),
      message: "huge pages of 2 KiB",
    },
    "a host with one size of huge pages": {
      plan: (t) => t.kvmHost("h1", host([4, 2048])).kvm(ofSize(5, "MiB")),
      message: "it has 2 MiB.",
      fix: "set the size to 2 MiB",
    },
    "no size where the only pool is empty": {
      plan: (t) => t.kvmHost("h1", host([4, 2048], { 2048: 0 })).kvm(anySize),
      severity: "warning",
    },
    "a host without huge pages": {
      plan: (t) => t.kvmHost("h1", host([4])).kvm(ofSize(2, "MiB")),
      message: "it has none",
      fix: "remove memoryBacking.memoryHugePages",
    },
    "no size on a host without huge pages": {
      plan: (t) => t.kvmHost("h1", host([4])).kvm({ name: "a", ...anySize }),
      message: '"a" wants huge pages, but "h1" has none.',
      fix: "remove memoryBacking.memoryHugePages",
      at: "memoryBacking.memoryHugePages",
      severity: "error",
    },
    "no size where all pools are empty": {
      plan: (t) => t.kvmHost("h1", host(X86, { 4: 9, 2048: 0, 1048576: 0 })).kvm(anySize),
      message: 'the pool of "h1" for 2 MiB and 1 GiB is empty',
      at: "memoryBacking.memoryHugePages",
      severity: "warning",
    },
    "the pool of another size is filled": {
      plan: (t) => t.kvmHost("h1", host(X86, { 2048: 9, 1048576: 0 })).kvm(ofSize(1, "GiB")),
      severity: "warning",
    },
    "an emulated guest": (t) => t.kvmHost("h1", host(X86)).tcg(ofSize(5, "MiB")),
  },
  passes: {
    "a size with pages in its pool": (t) => t.kvmHost("h1", host(X86, { 2048: 9 })).kvm(ofSize(2, "MiB")),
    "pages on one node of several": (t) =>
      t.kvmHost("h1", host(X86, { 2048: 0 }, { 2048: 1 })).kvm(ofSize(2048)),
    "a pool whose size is not known": (t) =>
      t.kvmHost("h1", host(X86, { 2048: undefined })).kvm(ofSize(2, "MiB")),
    "pools that are not known": (t) =>
      t
        .kvmHost("h1", { facts: { pageSizesKiB: X86, numaCells: undefined } })
        .kvm(ofSize(1, "GiB"))
        .kvm(anySize),
    "the ordinary page size, on the captured host": (t) => t.kvmHost("h1", captured).kvm(ofSize(4)),
    "no size where a pool is filled": (t) => t.kvmHost("h1", host(X86, { 2048: 9, 1048576: 0 })).kvm(anySize),
    "a host of another architecture": (t) =>
      t.kvmHost("h1", host([64, 2 * MIB, 512 * MIB], { 524288: 1 })).kvm(ofSize(512, "MiB")),
    "no huge pages, even without facts": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm()
        .kvm({ memory_backing: { memory_locked: true } }),
    "a Xen guest, for which they are dropped": (t) => t.xenHvm(ofSize(5, "MiB")),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(anySize),
      reason: 'needs facts of "h1"',
    },
    "facts without page sizes": (t) => t.kvmHost("h1", host(undefined)).kvm(ofSize(2, "MiB")),
    "a size that is known only at apply": {
      plan: (t) => t.kvmHost("h1", host(X86)).kvm(ofSize("${var.size}", "MiB")),
      reason: "the size of huge pages is known only at apply",
    },
    "a unit that is known only at apply": (t) => t.kvmHost("h1", host(X86)).kvm(ofSize(2, "${var.unit}")),
    "huge pages that are known only at apply": (t) =>
      t.kvmHost("h1", host(X86)).kvm({ memory_backing: "${var.backing}" }),
    "a unit that libvirt does not know": (t) => t.kvmHost("h1", host(X86)).kvm(ofSize(2, "bushel")),
  },
});
