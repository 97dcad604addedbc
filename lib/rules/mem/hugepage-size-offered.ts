import type { HostFacts } from "../../host-facts";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
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
import { allOf } from "../hyp/offers";

/** Huge pages come from a pool of the host for each size that its CPU has. */
export const hugepageSizeOffered = defineRule({
  code: "VIRT-MEM-012",
  slug: "hugepage-size-offered",
  severity: "error",
  stage: "start",
  title: "Huge pages must be of a size that the host has, with pages in its pool",
  why: "A guest on huge pages takes them from the host's pool of that size at start. A CPU has few sizes (2 MiB and 1 GiB on x86), and a pool is empty until somebody fills it: on the kernel's command line, by sysctl vm.nr_hugepages, or in /sys. Without a pool that can fill it the guest does not start.",
  fix: "Ask for a size that the host has, and reserve pages of it on the host.",
  sources: [
    "libvirt qemu_command.c qemuBuildMemoryGetPagesize, qemu_conf.c qemuGetDomainHupageMemPath",
    "tried: libvirt 9.0.0 on a host without huge pages: guests with pages of 5 MiB, 2 MiB and no size are defined, and refused at start: hugetlbfs filesystem is not mounted; the ordinary size of 4 KiB starts",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "memoryBacking.memoryHugePages"),
  *check(guest) {
    const backing = guest.domain.memoryBacking?.memoryHugePages;
    if (backing === undefined) return yield notApplicable;
    const { facts } = guest.host;
    const sizes = facts?.data.pageSizesKiB;
    if (!facts || !sizes) return yield needsFacts(guest.host);
    const huge = sizes.slice(1);
    const pages = backing.hugepages ?? [];
    if (pages.length === 0) yield defaultSize(guest, facts, huge);
    for (const [index, page] of pages.entries()) {
      const at = `memoryBacking.memoryHugePages.hugepages[${index}].size`;
      const size = toKiB(page.size, page.unit);
      if (size === undefined || isLate(size))
        yield undetermined("the size of huge pages is known only at apply");
      // The ordinary size means ordinary memory.
      else if (size === sizes[0]) yield pass;
      else if (huge.includes(size as number)) yield poolOf(guest, facts, [size as number], at);
      else yield noSuchSize(guest, size as number, huge, at);
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ memory_backing: { memory_huge_pages: { hugepages: [{ size: 16, unit: "MiB" }] } } }),
    good: (plan) =>
      plan.kvm({ memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB" }] } } }),
  },
});

function noSuchSize(
  { label, host }: PlanGuest,
  sizeKiB: number,
  huge: readonly number[],
  at: string,
): Outcome {
  const offered = huge.length > 0 ? `has ${allOf(huge.map(formatKiB))}` : "has none";
  return fail({
    at,
    message: `"${label}" wants huge pages of ${formatKiB(sizeKiB)}, which "${host.label}" does not have: it ${offered}.`,
    fix: huge.length > 0 ? `set the size to ${formatKiB(huge[0]!)}` : "remove memoryBacking.memoryHugePages",
  });
}

/** Without a size libvirt takes the kernel's default one, which facts do not tell. */
function defaultSize(guest: PlanGuest, facts: HostFacts, huge: readonly number[]): Outcome {
  const at = "memoryBacking.memoryHugePages";
  if (huge.length > 0) return poolOf(guest, facts, huge, at);
  return fail({
    at,
    message: `"${guest.label}" wants huge pages, but "${guest.host.label}" has none.`,
    fix: `remove ${at}`,
  });
}

/** A pool can be filled after the facts were captured, so an empty one is no more than a warning. */
function poolOf({ label, host }: PlanGuest, facts: HostFacts, sizes: readonly number[], at: string): Outcome {
  const pools = (facts.data.numaCells ?? [])
    .flatMap((cell) => cell.pages)
    .filter((pool) => sizes.includes(pool.sizeKiB));
  if (pools.length === 0 || pools.some((pool) => pool.count !== 0)) return pass;
  return fail({
    severity: "warning",
    at,
    message: `"${label}" wants huge pages, but the pool of "${host.label}" for ${allOf(sizes.map(formatKiB))} is empty: the guest does not start before pages are reserved.`,
    fix: `reserve pages on ${host.label} (vm.nr_hugepages, or hugepages= on its kernel command line) and capture its facts again`,
  });
}
