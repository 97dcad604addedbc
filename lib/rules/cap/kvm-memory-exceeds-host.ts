import { formatKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { claimsOf, listClaims, pinsMemory } from "./claims";

/** KVM guests share the host's memory with everything else on it; what is promised twice is missing in the end. */
export const kvmMemoryExceedsHost = defineRule({
  code: "VIRT-CAP-003",
  slug: "kvm-memory-exceeds-host",
  severity: "warning",
  stage: "advice",
  title: "The guests of a KVM host should fit into its memory",
  why: "KVM gives a guest its memory page by page as it is used, so that a host can promise more than it has. When the guests do use it, the host swaps, and the kernel kills guests in the end. Memory that is pinned is taken at start: by huge pages, locked memory and passed-through PCI devices. More of that than there is cannot start at all, which is an error.",
  fix: "Shrink guests or move some to another host.",
  sources: [
    "article: KVM memory management",
    "RHEL 6 Virtualization Host Configuration Guide, chapter 4: no overcommit with assigned devices",
    "Linux vfio: a passed-through PCI device pins all memory of its guest",
    "tried: QEMU 7.2 with memory of twice the host's RAM, no swap: cannot set up guest memory 'pc.ram': Cannot allocate memory",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  check: (host, plan) => {
    const guests = plan.guestsOn(host).filter((guest) => guest.isQemu);
    const { claims, memoryKiB, late } = claimsOf(guests, (guest) => ({ memoryKiB: guest.memoryKiB }));
    if (claims.length + late === 0) return notApplicable;
    const total = host.facts?.data.memoryKiB;
    if (total === undefined) return needsFacts(host);
    const reserve = host.reservedMemoryKiB ?? 0;
    const available = total - reserve;
    if (memoryKiB <= available) {
      return late > 0 ? undetermined(`the memory of ${late} guests is known only at apply`) : pass;
    }
    const pinning = claims.filter(({ guest }) => pinsMemory(guest));
    const pinned = pinning.reduce((sum, claim) => sum + claim.memoryKiB, 0);
    const short = formatKiB(memoryKiB - available);
    const arithmetic = `${formatKiB(total)}${reserve > 0 ? ` - reserve ${formatKiB(reserve)}` : ""}`;
    const impossible = pinned > available;
    return fail({
      severity: impossible ? "error" : "warning",
      places: (impossible ? pinning : claims).map(({ guest }) => guest),
      at: "memory",
      message: impossible
        ? `Guests pin more memory than "${host.label}" has: ${arithmetic} - pinned ${formatKiB(pinned)} = ${formatKiB(available - pinned)}.\n${listClaims(pinning)}. Huge pages, locked memory and passed-through devices cannot be overcommitted.`
        : `"${host.label}" is overcommitted: ${arithmetic} - guests ${formatKiB(memoryKiB)} = ${formatKiB(available - memoryKiB)}.\n${listClaims(claims)}.`,
      fix: `shrink the guests by ${impossible ? formatKiB(pinned - available) : short}, or move some of them to another host`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ name: "db1", memory: 48 }).kvm({ name: "db2", memory: 32 }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ name: "db1", memory: 32 }).kvm({ name: "db2", memory: 32 }),
  },
});
