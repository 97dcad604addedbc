import { hugepagesExceedPool } from "../../../lib/rules/cap/hugepages-exceed-pool";
import { RuleTester } from "../../../lib/testing";

const pages = (size: unknown = 2, unit = "MiB") => ({ memory_huge_pages: { hugepages: [{ size, unit }] } });
const db = (name: string, memory: unknown, more: Record<string, unknown> = {}) => ({
  name,
  memory,
  memory_backing: pages(),
  ...more,
});
const cell = (id: number, count?: number) => ({
  id,
  memoryKiB: 32 * 2 ** 20,
  cpus: [id],
  pages: [{ sizeKiB: 2048, ...(count !== undefined && { count }) }],
});
const bound = (nodeset: string, mode?: string) => ({
  numa_tune: { memory: { nodeset, ...(mode && { mode }) } },
});

RuleTester.run(hugepagesExceedPool, {
  fails: {
    "more pages than the pool has": {
      plan: (t) => t.kvmHost("kvm1").kvm(db("a", 12)).kvm(db("b", 5)),
      message: 'Guests of "kvm1" need 8704 huge pages of 2 MiB, and the pool has 8192: a 6144, b 2560.',
      fix: "reserve 8704 pages on kvm1 and capture its facts again, or do with 512 fewer",
      places: ["a", "b"],
    },
    instances: (t) => t.kvm(db("a", 6, { count: 3 })),
    "the part of a page counts as one": {
      plan: (t) =>
        t.kvmHost("h", { facts: { numaCells: [cell(0, 1)] } }).kvm(db("a", 3, { memory_unit: "MiB" })),
      message: "need 2 huge pages",
    },
    "the node that memory is bound to": {
      plan: (t) =>
        t
          .kvmHost("h", { facts: { numaCells: [cell(0, 4096), cell(1, 1024)] } })
          .kvm(db("a", 3, bound("1")))
          .kvm(db("b", 1)),
      message: "need 1536 huge pages of 2 MiB from NUMA node 1, and the pool has 1024: a 1536",
      places: ["a"],
    },
    "NUMA cells of the guest that are bound apart": {
      plan: (t) =>
        t.kvmHost("h", { facts: { numaCells: [cell(0, 4096), cell(1, 100)] } }).kvm(
          db("a", 2, {
            cpu: {
              numa: {
                cell: [
                  { memory: 1, unit: "GiB" },
                  { memory: 1, unit: "GiB" },
                ],
              },
            },
            numa_tune: { mem_nodes: [{ cell_id: 1, mode: "strict", nodeset: "1" }] },
          }),
        ),
      message: "need 512 huge pages of 2 MiB from NUMA node 1",
    },
    "bound and unbound guests together": {
      plan: (t) =>
        t
          .kvmHost("h", { facts: { numaCells: [cell(0, 1024), cell(1, 1024)] } })
          .kvm(db("a", 2, bound("1")))
          .kvm(db("b", 3)),
      message: "need 2560 huge pages of 2 MiB from NUMA nodes 0-1",
    },
  },
  passes: {
    "as many pages as the pool has": (t) => t.kvm(db("a", 8)).kvm(db("b", 8)),
    "a guest that is switched off": (t) => t.kvm(db("a", 12)).kvm(db("b", 12, { running: false })),
    "guests on ordinary pages": (t) => t.kvmHost("h", { facts: null }).kvm({ memory: 60 }),
    "an empty pool: that is another rule's": (t) =>
      t.kvmHost("h", { facts: { numaCells: [cell(0, 0)] } }).kvm(db("a", 2)),
    "a size that the host does not have: that is another rule's": (t) =>
      t.kvm({ memory_backing: pages(16, "MiB") }),
    "memory that only prefers a node": (t) =>
      t
        .kvmHost("h", { facts: { numaCells: [cell(0, 2048), cell(1, 100)] } })
        .kvm(db("a", 2, bound("1", "preferred"))),
    "a node that nobody knows": (t) =>
      t.kvmHost("h", { facts: { numaCells: [cell(0, 100)] } }).kvm(db("a", 2, bound("7"))),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).kvm(db("a", 1)),
    "late memory": { plan: (t) => t.kvm(db("a", "${var.m}")), reason: "the huge pages of 1 guests" },
    "a late size": (t) => t.kvm(db("a", 1, { memory_backing: pages("${var.size}") })),
    "a late nodeset": (t) => t.kvm(db("a", 1, bound("${var.nodes}"))),
    "a guest that may run": (t) => t.kvm(db("a", 1, { running: "${var.on}" })),
    "a late number of instances": (t) => t.kvm(db("a", 1, { count: "${var.n}" })),
  },
});
