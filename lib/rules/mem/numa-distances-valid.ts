import type { Planned } from "../../plan/late";
import type { DomainCpuNumaCell } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Cell = Literal<Planned<Pick<DomainCpuNumaCell, "id" | "distances">>>;

/** How far a cell is from itself, and from one that it cannot reach. */
const LOCAL = 10;
const UNREACHABLE = 255;

/** Distances are those of ACPI's table: 10 is here. */
export const numaDistancesValid = defineRule({
  code: "VIRT-MEM-100",
  slug: "numa-distances-valid",
  severity: "error",
  stage: "define",
  title: "Distances of NUMA cells are from 11 to 255, to cells of the guest, and 10 to themselves",
  why: "libvirt refuses other distances, and while it does so 9.0.0 writes beyond its list of cells: the whole daemon can die of it, with all connections to it.",
  fix: "Give each sibling a cell of the guest and a distance from 11 to 255.",
  sources: [
    "libvirt numa_conf.c virDomainNumaDefNodeDistanceParseXML, whose cleanup sets a field of the cell after the last",
    "tried with a libvirt 9.0.0 of its own: distances without siblings (NUMA distances defined without siblings), a sibling that is no cell (does not refer to a valid cell), 9 and 256, 20 to itself and 10 to another (is invalid for 'sibling id') are refused; incomplete distances in one cell are taken",
  ],
  needs: ["guest"],
  on: having(guests, "cpu.numa.cell[].distances"),
  check: (guest) => {
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    const given = cells.map(({ id, distances }) => ({ id, distances }));
    return outcomesOf(given, "the distances of NUMA cells are", (known) => faultsOf(known, guest.label));
  },
  examples: {
    bad: (plan) => plan.kvm(twoCells(256)),
    good: (plan) => plan.kvm(twoCells(21)),
  },
});

function twoCells(value: number): Record<string, unknown> {
  const distances = { siblings: [{ id: 1, value }] };
  return {
    vcpu: 2,
    cpu: {
      numa: {
        cell: [
          { id: 0, cpus: "0", memory: 1048576, unit: "KiB", distances },
          { id: 1, cpus: "1", memory: 1048576, unit: "KiB" },
        ],
      },
    },
  };
}

function* faultsOf(cells: readonly Cell[], label: string): Iterable<Failure> {
  for (const [index, { id: own = index, distances }] of cells.entries()) {
    if (distances === undefined) continue;
    const at = `cpu.numa.cell[${index}].distances.siblings`;
    const siblings = distances.siblings ?? [];
    if (siblings.length === 0) {
      yield {
        at,
        message: `NUMA cell ${own} of "${label}" has distances to no other cell.`,
        fix: "list siblings, or remove distances",
      };
    }
    for (const [number, { id, value }] of siblings.entries()) {
      const wrong = (attribute: string, what: string, fix: string): Failure => ({
        at: `${at}[${number}].${attribute}`,
        message: `NUMA cell ${own} of "${label}" ${what}.`,
        fix,
      });
      if (id === undefined || id < 0 || id >= cells.length) {
        yield wrong("id", `has a distance to cell ${id}; there are 0 to ${cells.length - 1}`, "name a cell");
      } else if (value === undefined || value < LOCAL || value > UNREACHABLE) {
        yield wrong(
          "value",
          `is ${value} away from cell ${id}; distances are from 11 to ${UNREACHABLE}`,
          "use 20 for a cell nearby, and 255 for one that cannot be reached",
        );
      } else if ((id === own) !== (value === LOCAL)) {
        const what =
          id === own
            ? `is ${value} away from itself, which is always ${LOCAL}`
            : `is ${LOCAL} away from cell ${id}, as only from itself`;
        yield wrong("value", what, id === own ? `set it to ${LOCAL}` : "use 11 or more");
      }
    }
  }
}
