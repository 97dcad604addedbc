import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { numbersOf, rangesOf } from "../cpu/cpu-set";

/** Memory can be taken only from nodes that the host has. */
export const numaNodesExist = defineRule({
  code: "VIRT-MEM-011",
  slug: "numa-nodes-exist",
  severity: "error",
  stage: "start",
  title: "NUMA tuning must name NUMA nodes that the host has",
  why: "numaTune says from which NUMA nodes of the host a guest or one of its cells takes its memory. libvirt refuses to start a guest whose set names one node that the host does not have, whatever the mode.",
  fix: "Name nodes of the host; virsh capabilities lists them as cells.",
  sources: [
    "libvirt qemu_process.c qemuProcessStartValidate (virNumaNodesetIsAvailable), virnuma.c",
    "tried: libvirt 9.0.0 on a host with node 0 alone, start with nodeset 2, 0,2 and 0-1, mode strict, preferred, interleave and restrictive, for all memory and for a cell: NUMA node 2 is unavailable",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "numaTune"),
  *check(guest): Iterable<Outcome> {
    const sets = setsOf(guest);
    if (sets.length === 0) return yield notApplicable;
    const { host, label } = guest;
    const cells = host.facts?.data.numaCells;
    if (!cells || cells.length === 0) return yield needsFacts(host);
    const existing = cells.map(({ id }) => id);
    for (const { at, set } of sets) {
      if (isLate(set)) {
        yield undetermined("a nodeset is known only at apply");
        continue;
      }
      // A set that is malformed is another rule's.
      const missing = (numbersOf(set) ?? []).filter((node) => !existing.includes(node));
      if (missing.length === 0) yield pass;
      else {
        yield fail({
          at,
          message: `${at} of "${label}" is ${set}, but "${host.label}" has no NUMA node ${rangesOf(missing)}: it has ${rangesOf(existing)}.`,
          fix: `choose from ${rangesOf(existing)}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ numa_tune: { memory: { mode: "strict", nodeset: "2" } } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ numa_tune: { memory: { mode: "strict", nodeset: "0" } } }),
  },
});

function setsOf({ domain: { numaTune } }: PlanGuest): { at: string; set: string }[] {
  const sets = [
    { at: "numaTune.memory.nodeset", set: numaTune?.memory?.nodeset },
    ...(numaTune?.memNodes ?? []).map(({ nodeset }, index) => ({
      at: `numaTune.memNodes[${index}].nodeset`,
      set: nodeset as string | undefined,
    })),
  ];
  return sets.filter(
    (each): each is { at: string; set: string } => each.set !== undefined && each.set !== "",
  );
}
