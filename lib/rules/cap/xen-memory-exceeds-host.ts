import { isLate, known } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { xenOverheadKiB } from "./xen-overhead";

/** Xen gives every guest its memory at start and never more than there is; dom0 is a guest as well. */
export const xenMemoryExceedsHost = defineRule({
  code: "VIRT-CAP-002",
  slug: "xen-memory-exceeds-host",
  severity: "error",
  stage: "start",
  title: "The guests of a Xen host must fit into its memory beside dom0",
  why: "Xen does not overcommit memory: a guest starts only when its whole current memory is free. What dom0 keeps and what Xen needs for each guest's page tables is not available to guests.",
  fix: "Shrink guests, move some to another host, or give dom0 less.",
  sources: [
    "libvirt libxl_domain.c libxlDomainFreeMem",
    "xl.cfg(5) shadow_memory: 1 MiB for each vCPU and 8 KiB for each MiB",
    "tried: Xen 4.17 starts a PV guest of 8 GiB with current memory 128 MiB on a host of 4 GiB: current memory counts",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  check: (host, plan) => {
    const guests = plan
      .guestsOn(host)
      .filter((guest) => guest.isXen && known(guest.domain.running) !== false);
    if (guests.length === 0) return notApplicable;
    const total = host.facts?.data.memoryKiB;
    if (total === undefined) return needsFacts(host);
    const dom0 = host.dom0?.memoryKiB ?? (host.facts?.data.xen?.dom0MemoryMiB ?? 0) * 1024;

    const late = guests.filter((guest) => isLate(guest.currentMemoryKiB) || isLate(guest.multiplicity));
    const counted = guests
      .filter((guest) => !late.includes(guest))
      .map((guest) => ({
        guest,
        memory: ((guest.currentMemoryKiB as number | undefined) ?? 0) * (guest.multiplicity as number),
        overhead: xenOverheadKiB(guest) * (guest.multiplicity as number),
      }))
      .sort((a, b) => b.memory - a.memory);
    const memory = counted.reduce((sum, each) => sum + each.memory, 0);
    const overhead = counted.reduce((sum, each) => sum + each.overhead, 0);
    const free = total - dom0 - memory - overhead;
    if (free < 0) {
      const short = formatKiB(-free);
      const shown = counted.slice(0, 8).map((each) => `${each.guest.label} ${formatKiB(each.memory)}`);
      const more = counted.length > shown.length ? `, and ${counted.length - shown.length} more` : "";
      return fail({
        places: counted.map((each) => each.guest),
        key: host.label,
        at: "memory",
        message:
          `Xen host "${host.label}" is short of ${short}: ${formatKiB(total)} - dom0 ${formatKiB(dom0)} - guests ${formatKiB(memory)} - overhead ${formatKiB(overhead)} = ${formatKiB(free)}.\n` +
          `${shown.join(", ")}${more}. Xen does not overcommit memory.`,
        fix: `shrink the guests by ${short}, or move some of them to another host`,
      });
    }
    return late.length > 0
      ? undetermined(`the memory of ${late.length} guests is known only at apply`)
      : pass;
  },
  examples: {
    bad: (plan) =>
      plan
        .xenHost("xen1")
        .xenPv({ name: "db1", memory: 32 })
        .xenPv({ name: "db2", memory: 32 })
        .xenPv({ name: "web", memory: 2 }),
    good: (plan) => plan.xenHost("xen1").xenPv({ name: "db1", memory: 32 }).xenPv({ name: "web", memory: 2 }),
  },
});
