import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { piecesOf } from "./pieces";

/** A page is taken whole. */
export const memoryFillsHugepages = defineRule({
  code: "VIRT-MEM-017",
  slug: "memory-fills-hugepages",
  severity: "error",
  stage: "start",
  title: "Memory on huge pages must be at least one page, and should be whole pages",
  why: "QEMU does not start with memory, or a NUMA cell, that is smaller than its huge page. What is not a multiple of the page is rounded up: the rest of the last page is taken from the host's pool and never used.",
  fix: "Make the memory a multiple of the page size, or use smaller pages.",
  sources: [
    "KubeVirt validateHugepagesMemoryRequests",
    "tried: QEMU 7.2, memory-backend-file of 1 MiB on pages of 2 MiB: memory size 0x100000 must be equal to or larger than page size 0x200000; 3 MiB is accepted like 2 and 4 MiB",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "memoryBacking.memoryHugePages"),
  *check(guest) {
    const pages = guest.domain.memoryBacking?.memoryHugePages?.hugepages ?? [];
    if (pages.length === 0) return yield notApplicable;
    for (const { at, sizeKiB, name, pageKiB } of piecesOf(guest)) {
      if (sizeKiB === undefined || pageKiB === undefined) continue;
      if (isLate(sizeKiB) || isLate(pageKiB)) {
        yield undetermined("the size of memory or of huge pages is known only at apply");
        continue;
      }
      const [size, page] = [sizeKiB as number, pageKiB as number];
      if (size % page === 0) {
        yield pass;
        continue;
      }
      const whole = Math.ceil(size / page) * page;
      yield fail({
        severity: size < page ? "error" : "warning",
        at,
        message:
          size < page
            ? `${name} of "${guest.label}" is ${formatKiB(size)}, less than one huge page of ${formatKiB(page)}.`
            : `${name} of "${guest.label}" is ${formatKiB(size)}, not a multiple of its huge pages of ${formatKiB(page)}: ${formatKiB(whole - size)} are taken and never used.`,
        fix: `set it to ${formatKiB(whole)}${size < page ? ", or use smaller pages" : ""}`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        memory: 1,
        memory_unit: "MiB",
        intent: { os: "linux" },
        memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB" }] } },
      }),
    good: (plan) =>
      plan.kvm({
        memory: 1,
        memory_unit: "GiB",
        memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB" }] } },
      }),
  },
});
