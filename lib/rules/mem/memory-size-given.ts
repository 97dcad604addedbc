import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** A guest without memory is no guest, and a size in a unit that libvirt does not know is no size. */
export const memorySizeGiven = defineRule({
  code: "VIRT-MEM-001",
  slug: "memory-size-given",
  severity: "error",
  stage: "define",
  title: "A guest must have memory, in a unit that libvirt knows",
  why: "libvirt takes the size of a guest's memory from memory, or from its NUMA cells where it has some, and refuses a guest that has none. A size without unit is in KiB.",
  fix: "Set memory and memoryUnit, or the memory of each NUMA cell.",
  sources: [
    "libvirt domain_postparse.c virDomainDefPostParseMemory, virutil.c virScaleInteger",
    "tried: libvirt 9.0.0, define with memory 0: Memory size must be specified via <memory> or in the <numa> configuration; with a NUMA cell it takes the cell's, with cells of 0 memory again; with unit foo: unknown suffix 'foo'",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const { label, memoryKiB } = guest;
    const unknown = sizes(guest).filter(
      ({ size, unit }) => size !== undefined && toKiB(1, unit) === undefined,
    );
    for (const { at, unit } of unknown) {
      yield fail({
        at,
        message: `libvirt knows no unit "${unit}" (${at} of "${label}").`,
        fix: `set ${at} to one of KiB, MiB, GiB and TiB`,
      });
    }
    if (unknown.length > 0) return;
    if (isLate(memoryKiB)) yield undetermined("the guest's memory is known only at apply");
    else if (memoryKiB) yield pass;
    else {
      yield fail({
        at: "memory",
        message: `"${label}" has no memory.`,
        fix: 'set memory and memoryUnit, for example to 2 and "GiB"',
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ memory: null, memory_unit: null }),
    good: (plan) => plan.kvm({ memory: 2, memory_unit: "GiB" }),
  },
});

/** Every size of the guest's memory with the path of its unit. */
function sizes({ domain }: PlanGuest) {
  return [
    { at: "memoryUnit", size: domain.memory, unit: domain.memoryUnit },
    { at: "currentMemoryUnit", size: domain.currentMemory, unit: domain.currentMemoryUnit },
    { at: "maximumMemoryUnit", size: domain.maximumMemory, unit: domain.maximumMemoryUnit },
    ...(domain.cpu?.numa?.cell ?? []).map((cell, index) => ({
      at: `cpu.numa.cell[${index}].unit`,
      size: cell.memory,
      unit: cell.unit,
    })),
  ];
}
