import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { piecesOf } from "../mem/pieces";
import { pinsMemory } from "./claims";
import { boundNodes, type Demand, overfullNodes } from "./node-demands";

/** Memory that is bound strictly comes from its node or from nowhere. */
export const boundMemoryExceedsNode = defineRule({
  code: "VIRT-CAP-006",
  slug: "bound-memory-exceeds-node",
  severity: "warning",
  stage: "runtime",
  title: "Memory that is bound to NUMA nodes should fit into them",
  why: "With mode strict a guest takes memory from the nodes of its nodeset alone. When they are full the kernel swaps, and kills the guest in the end, although other nodes have room. Memory that is taken at start and never given back, as by huge pages, locked memory and passed-through devices, cannot fit at all, which is an error.",
  fix: "Bind fewer guests to the node, spread them, or use mode preferred.",
  sources: [
    "Linux set_mempolicy(2) MPOL_BIND: allocations fail rather than come from other nodes",
    "libvirt numatune mode strict, which is the default mode",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  *check(host, plan) {
    const demands: Demand[] = [];
    let undecided = 0;
    for (const guest of plan.guestsOn(host)) {
      if (!guest.isQemu || guest.domain.numaTune === undefined || guest.mayRun === false) continue;
      for (const { sizeKiB, cell } of piecesOf(guest)) {
        const nodes = boundNodes(guest, cell);
        if (nodes === undefined || sizeKiB === undefined) continue;
        const { multiplicity, mayRun } = guest;
        if (nodes === "late" || mayRun === undefined || isLate(sizeKiB) || isLate(multiplicity)) undecided++;
        else demands.push({ guest, nodes, amount: (sizeKiB as number) * (multiplicity as number) });
      }
    }
    if (demands.length + undecided === 0) return yield notApplicable;
    const cells = host.facts?.data.numaCells;
    if (!cells) return yield needsFacts(host);
    if (undecided > 0) yield undetermined("memory or its NUMA nodes are known only at apply");
    const overfull = overfullNodes(demands, cells, (cell) => cell.memoryKiB);
    if (overfull.length === 0) yield pass;
    for (const { label, demands: within, demanded, supply } of overfull) {
      const pinned = within
        .filter(({ guest }) => pinsMemory(guest))
        .reduce((sum, each) => sum + each.amount, 0);
      yield fail({
        severity: pinned > supply ? "error" : "warning",
        at: "numaTune",
        key: label,
        places: within.map(({ guest }) => guest),
        message: `${label} of "${host.label}" ${label.includes("nodes") ? "have" : "has"} ${formatKiB(supply)}, and ${formatKiB(demanded)} are bound to ${label.includes("nodes") ? "them" : "it"}: ${within.map(({ guest, amount }) => `${guest.label} ${formatKiB(amount)}`).join(", ")}.`,
        fix: `bind ${formatKiB(demanded - supply)} less, or use mode preferred`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { numaCells: twoNodes() } })
        .kvm({ name: "db1", memory: 20, numa_tune: { memory: { mode: "strict", nodeset: "1" } } })
        .kvm({ name: "db2", memory: 20, numa_tune: { memory: { mode: "strict", nodeset: "1" } } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { numaCells: twoNodes() } })
        .kvm({ name: "db1", memory: 20, numa_tune: { memory: { mode: "strict", nodeset: "0" } } })
        .kvm({ name: "db2", memory: 20, numa_tune: { memory: { mode: "strict", nodeset: "1" } } }),
  },
});

function twoNodes() {
  return [0, 1].map((id) => ({
    id,
    memoryKiB: 32 * 2 ** 20,
    cpus: [...Array(8).keys()].map((cpu) => cpu + 8 * id),
    pages: [],
  }));
}
