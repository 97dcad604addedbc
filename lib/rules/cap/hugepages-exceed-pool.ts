import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { piecesOf } from "../mem/pieces";
import { boundNodes, type Demand, overfullNodes } from "./node-demands";

/** A huge page serves one guest at a time, and there are as many as somebody reserved. */
export const hugepagesExceedPool = defineRule({
  code: "VIRT-CAP-004",
  slug: "hugepages-exceed-pool",
  severity: "warning",
  stage: "start",
  title: "The guests of a host should not need more huge pages than its pool has",
  why: "A guest on huge pages takes all of them from the host's pool when it starts, and from certain NUMA nodes where its memory is bound to them. The guest that finds too few does not start. The kernel can make pages beyond the pool when vm.nr_overcommit_hugepages allows it and memory is not fragmented; by default it does not, and the facts of a host do not show it: what the pool lacks may yet be there, so that this is a warning.",
  fix: "Reserve more pages on the host and capture its facts again, or give the guests less.",
  sources: [
    "Linux Documentation/admin-guide/mm/hugetlbpage.rst",
    "tried: QEMU 7.2 with 64 MiB of memory from a pool of 16 pages of 2 MiB, preallocated as libvirt does: unable to map backing store for guest RAM: Cannot allocate memory; 32 MiB start, and with nr_overcommit_hugepages of 8 also 40 MiB",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  *check(host, plan) {
    const guests = plan
      .guestsOn(host)
      .filter((guest) => guest.isQemu && guest.domain.memoryBacking?.memoryHugePages !== undefined);
    if (guests.length === 0) return yield notApplicable;
    const cells = host.facts?.data.numaCells;
    if (!cells) return yield needsFacts(host);
    const { demands, undecided } = demandsOf(
      guests,
      cells.map(({ id }) => id),
    );
    if (undecided > 0) yield undetermined(`the huge pages of ${undecided} guests are known only at apply`);
    for (const [pageKiB, ofSize] of groupBy(demands, (demand) => demand.pageKiB)) {
      const poolOf = (cell: (typeof cells)[number]) =>
        cell.pages.find(({ sizeKiB }) => sizeKiB === pageKiB)?.count;
      const sizes = cells.map(poolOf);
      // A pool that is empty, or not there, is another rule's.
      if (sizes.every((count) => count === 0) || sizes.includes(undefined)) continue;
      const [worst] = overfullNodes(ofSize, cells, poolOf);
      yield worst === undefined
        ? pass
        : fail({
            at: "memoryBacking.memoryHugePages",
            key: `${pageKiB} ${worst.label}`,
            places: worst.demands.map(({ guest }) => guest),
            message: `Guests of "${host.label}" need ${worst.demanded} huge pages of ${formatKiB(pageKiB)}${cells.length > 1 ? ` from ${worst.label}` : ""}, and the pool has ${worst.supply}: ${worst.demands.map(({ guest, amount }) => `${guest.label} ${amount}`).join(", ")}.`,
            fix: `reserve ${worst.demanded} pages on ${host.label} and capture its facts again, or do with ${worst.demanded - worst.supply} fewer; acknowledge this where vm.nr_overcommit_hugepages makes up for it`,
          });
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "db1", memory: 10, memory_backing: { memory_huge_pages: { hugepages: [TWO_MIB] } } })
        .kvm({ name: "db2", memory: 8, memory_backing: { memory_huge_pages: { hugepages: [TWO_MIB] } } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "db1", memory: 8, memory_backing: { memory_huge_pages: { hugepages: [TWO_MIB] } } })
        .kvm({ name: "db2", memory: 8, memory_backing: { memory_huge_pages: { hugepages: [TWO_MIB] } } }),
  },
});

const TWO_MIB = { size: 2, unit: "MiB" };

interface PageDemand extends Demand {
  readonly pageKiB: number;
}

/** The pages that guests take from the nodes that they may; how many guests cannot be counted. */
function demandsOf(guests: readonly PlanGuest[], all: readonly number[]) {
  const demands: PageDemand[] = [];
  const undecided = new Set<PlanGuest>();
  for (const guest of guests) {
    if (guest.mayRun === false) continue;
    const { multiplicity } = guest;
    for (const { sizeKiB, pageKiB, cell } of piecesOf(guest)) {
      const nodes = boundNodes(guest, cell) ?? all;
      if (
        guest.mayRun === undefined ||
        nodes === "late" ||
        [multiplicity, sizeKiB, pageKiB].some((each) => each === undefined || isLate(each))
      ) {
        undecided.add(guest);
        continue;
      }
      const amount = Math.ceil((sizeKiB as number) / (pageKiB as number)) * (multiplicity as number);
      demands.push({ guest, nodes, amount, pageKiB: pageKiB as number });
    }
  }
  return { demands, undecided: undecided.size };
}
