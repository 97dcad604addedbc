import { isLate } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, guests, having, notApplicable, pass, undetermined } from "../../rule";

/** A balloon can take memory from a guest, not add to it. */
export const currentMemoryAboveMemory = defineRule({
  code: "VIRT-MEM-002",
  slug: "current-memory-above-memory",
  severity: "warning",
  stage: "silent",
  title: "Current memory cannot exceed memory",
  why: "memory is the most that the guest can have, currentMemory what it starts with. libvirt lowers a larger currentMemory to memory without a word.",
  fix: "Lower currentMemory, raise memory, or leave currentMemory out.",
  sources: [
    "libvirt domain_postparse.c virDomainDefPostParseMemory",
    "tried: libvirt 9.0.0, memory 1 GiB with currentMemory 2 GiB: accepted, both are 1 GiB in the definition",
  ],
  needs: ["guest"],
  on: having(guests, "currentMemory"),
  check: (guest) => {
    const { currentMemory, currentMemoryUnit } = guest.domain;
    const { label, memoryKiB: memory } = guest;
    const current = toKiB(currentMemory, currentMemoryUnit);
    if (current === undefined || memory === undefined) return notApplicable;
    if (isLate(current) || isLate(memory)) return undetermined("the guest's memory is known only at apply");
    if (current <= memory) return pass;
    return fail({
      at: "currentMemory",
      message: `currentMemory ${formatKiB(current as number)} of "${label}" is above its memory of ${formatKiB(memory as number)}, to which libvirt lowers it.`,
      fix: `set currentMemory to at most ${formatKiB(memory as number)}, or memory to ${formatKiB(current as number)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ memory: 2, current_memory: 4, current_memory_unit: "GiB" }),
    good: (plan) => plan.kvm({ memory: 4, current_memory: 2, current_memory_unit: "GiB" }),
  },
});
