import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** From this size on the page tables of ordinary pages are felt. */
const LARGE_KIB = 32 * 2 ** 20;

/** Pages that somebody reserved are for guests like this one. */
export const largeGuestUsesHugepages = defineRule({
  code: "VIRT-PERF-006",
  slug: "large-guest-uses-hugepages",
  severity: "warning",
  stage: "advice",
  title: "A large guest should use the huge pages that its host has reserved, without a balloon",
  why: "A guest of 32 GiB or more has eight million ordinary pages to look up; huge pages make that a few thousand. A pool that a host has reserved serves nothing else. Huge pages are taken whole at start: memory that a balloon would hold back stays taken, so that currentMemory below memory gains nothing.",
  fix: "Back the guest with huge pages, and leave currentMemory out.",
  sources: [
    "Linux Documentation/admin-guide/mm/hugetlbpage.rst: reserved pages cannot be used for other purposes",
    "QEMU virtio-balloon.c: warns that a balloon with pages larger than 4 KiB may not be reliable",
  ],
  needs: ["guest"],
  on: qemuGuests,
  check: (guest) => {
    const { memoryKiB, label } = guest;
    if (memoryKiB === undefined) return pass;
    if (isLate(memoryKiB)) return undetermined("the memory of a guest is known only at apply");
    if (guest.domain.memoryBacking?.memoryHugePages !== undefined) return checkBalloon(guest);
    const memory = memoryKiB as number;
    if (memory < LARGE_KIB) return pass;
    const sizeKiB = reservedSize(guest, memory);
    if (sizeKiB === undefined) return pass;
    return fail({
      at: "memoryBacking",
      message: `"${label}" has ${formatKiB(memory)} on ordinary pages, although "${guest.host.label}" has reserved enough of ${formatKiB(sizeKiB)}.`,
      fix: `set hugePages to ${formatKiB(sizeKiB)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", { facts: { numaCells: reserved() } }).kvm({ memory: 48 }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ memory: 48 }),
  },
});

function checkBalloon({ currentMemoryKiB, memoryKiB, label }: PlanGuest): Outcome {
  if (isLate(currentMemoryKiB)) return undetermined("the memory of a guest is known only at apply");
  if (currentMemoryKiB === undefined || (currentMemoryKiB as number) >= (memoryKiB as number)) return pass;
  return fail({
    at: "currentMemory",
    message: `"${label}" takes ${formatKiB(memoryKiB as number)} of huge pages at start, so that its balloon of ${formatKiB((memoryKiB as number) - (currentMemoryKiB as number))} saves nothing.`,
    fix: `remove currentMemory, or set memory to ${formatKiB(currentMemoryKiB as number)}`,
  });
}

/** The size of which the host has reserved enough for the guest; the largest first. */
function reservedSize({ host }: PlanGuest, memoryKiB: number): number | undefined {
  const pools = new Map<number, number>();
  for (const { sizeKiB, count = 0 } of (host.facts?.data.numaCells ?? []).flatMap((cell) => cell.pages)) {
    if (sizeKiB > 64) pools.set(sizeKiB, (pools.get(sizeKiB) ?? 0) + count);
  }
  return [...pools]
    .sort(([a], [b]) => b - a)
    .find(([sizeKiB, count]) => sizeKiB * count >= memoryKiB && memoryKiB % sizeKiB === 0)?.[0];
}

function reserved() {
  return [
    {
      id: 0,
      memoryKiB: 128 * 2 ** 20,
      cpus: [0, 1],
      pages: [
        { sizeKiB: 4, count: 2 ** 20 },
        { sizeKiB: 2 ** 20, count: 64 },
      ],
    },
  ];
}
