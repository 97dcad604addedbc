import { formatKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { type Claims, claimsOf, listClaims } from "./claims";
import { dom0Memory } from "./dom0-memory";
import { xenOverheadKiB } from "./xen-overhead";

/** Xen gives every guest its memory at start and never more than there is; dom0 is a guest as well. */
export const xenMemoryExceedsHost = defineRule({
  code: "VIRT-CAP-002",
  slug: "xen-memory-exceeds-host",
  severity: "error",
  stage: "start",
  title: "The guests of a Xen host must fit into its memory beside dom0",
  why: "Xen does not overcommit memory: a guest starts only when its whole current memory is free. What dom0 keeps and what Xen needs for each guest's page tables is not available to guests. Where the Xen command line has no dom0_mem, libvirt takes memory from dom0 for each guest that starts, so how much dom0 keeps is open.",
  fix: "Shrink guests, move some to another host, or give dom0 less.",
  sources: [
    "libvirt libxl_domain.c libxlDomainFreeMem, libxl_conf.c libxlGetAutoballoonConf",
    "xl.cfg(5) shadow_memory: 1 MiB for each vCPU and 8 KiB for each MiB",
    "tried: Xen 4.17 starts a PV guest of 8 GiB with current memory 128 MiB on a host of 4 GiB: current memory counts",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  check: (host, plan) => {
    const guests = plan.guestsOn(host).filter((guest) => guest.isXen);
    const claims = claimsOf(guests, (guest) => ({
      memoryKiB: guest.currentMemoryKiB,
      overheadKiB: xenOverheadKiB(guest),
    }));
    if (claims.claims.length + claims.late === 0) return notApplicable;
    const total = host.facts?.data.memoryKiB;
    if (total === undefined) return needsFacts(host);
    const { fixed, kept } = dom0Memory(host);
    const free = total - (kept ?? 0) - claims.memoryKiB - claims.overheadKiB;
    if (free >= 0) {
      if (claims.late > 0) return undetermined(`the memory of ${claims.late} guests is known only at apply`);
      return kept === undefined
        ? undetermined(`how much memory dom0 of "${host.label}" keeps is not known`)
        : pass;
    }
    const short = formatKiB(-free);
    const certain = fixed || free + (kept ?? 0) < 0;
    const overhead = claims.overheadKiB > 0 ? ` - overhead ${formatKiB(claims.overheadKiB)}` : "";
    return fail({
      severity: certain ? "error" : "warning",
      places: claims.claims.map(({ guest }) => guest),
      at: "memory",
      message:
        `Xen host "${host.label}" is short of ${short}: ${formatKiB(total)}${kept === undefined ? "" : ` - dom0 ${formatKiB(kept)}`} - guests ${formatKiB(claims.memoryKiB)}${overhead} = ${formatKiB(free)}.\n` +
        `${listClaims(claims.claims)}. ${certain ? "Xen does not overcommit memory." : "dom0 would have to give up memory: the Xen command line does not fix it with dom0_mem."}`,
      fix: `shrink the guests by ${short}, or move ${movable(claims, -free)} to another host`,
    });
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

/** The guests of which one alone makes enough room when it moves away. */
function movable({ claims }: Claims, short: number): string {
  const enough = claims.filter((claim) => claim.memoryKiB + claim.overheadKiB >= short);
  if (enough.length === 0) return "some of them";
  const names = enough.slice(0, 3).map(({ guest }) => guest.label);
  return names.length === 1 ? names[0]! : `one of ${names.join(", ")}`;
}
