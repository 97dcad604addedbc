import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, guests, having, type Outcome, pass, undetermined } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** The memory of the guest keeps its unit, that of a cell does not. */
export const numaCellInKib = defineRule({
  code: "VIRT-PRV-053",
  slug: "numa-cell-in-kib",
  severity: "error",
  stage: "apply",
  title: "The memory of a NUMA cell must be in KiB",
  why: `${WHY} libvirt counts in KiB. The provider keeps the unit of memory and currentMemory as it was written, and not that of the cells.`,
  fix: "Write the memory of cells in KiB.",
  sources: [`${MEASURED}: a cell of 1 GiB comes back as 1048576 KiB, one in KiB or without a unit as it was`],
  needs: ["guest"],
  on: having(guests, "cpu.numa.cell"),
  *check(guest): Iterable<Outcome> {
    for (const [index, { memory, unit }] of (guest.domain.cpu?.numa?.cell ?? []).entries()) {
      const at = `cpu.numa.cell[${index}].unit`;
      if (unit === undefined || unit === "KiB") yield pass;
      else if (isLate(unit) || isLate(memory))
        yield undetermined("the memory of a NUMA cell is known only at apply");
      else {
        const kib = toKiB(memory as number, unit);
        yield readBack(
          guest,
          at,
          unit,
          'as "KiB"',
          kib === undefined ? 'write the memory with unit "KiB"' : `write memory ${kib} with unit "KiB"`,
        );
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withCell({ memory: 2, unit: "GiB" })),
    good: (plan) => plan.kvm(withCell({ memory: 2097152, unit: "KiB" })),
  },
});

function withCell(cell: Record<string, unknown>): Record<string, unknown> {
  return {
    memory: 2,
    memory_unit: "GiB",
    vcpu: 2,
    cpu: { numa: { cell: [{ id: 0, cpus: "0-1", ...cell }] } },
  };
}
