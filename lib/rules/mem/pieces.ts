import type { PlanGuest } from "../../plan/guest";
import { isLate, type Late } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { numbersOf } from "../cpu/cpu-set";

/** A piece of a guest's memory that QEMU takes as a whole. */
export interface Piece {
  /** The guest's NUMA cell; undefined for a guest without. */
  readonly cell: number | undefined;
  readonly at: string;
  readonly name: string;
  readonly sizeKiB: number | Late | undefined;
  readonly pageKiB: number | Late | undefined;
}

/** The pieces in which QEMU takes the guest's memory, each with its page: one for each NUMA cell, else one. */
export function piecesOf({ domain, memoryKiB }: PlanGuest): Piece[] {
  const cells = domain.cpu?.numa?.cell ?? [];
  if (cells.length === 0) {
    return [
      {
        cell: undefined,
        at: "memory",
        name: "Memory",
        sizeKiB: memoryKiB,
        pageKiB: pageOf(domain, undefined),
      },
    ];
  }
  return cells.map((cell, index) => ({
    cell: index,
    at: `cpu.numa.cell[${index}].memory`,
    name: `NUMA cell ${index}`,
    sizeKiB: toKiB(cell.memory, cell.unit),
    pageKiB: pageOf(domain, index),
  }));
}

/** The page of a NUMA cell: the one whose nodeset names it, else the one without nodeset. */
function pageOf({ memoryBacking }: PlanGuest["domain"], cell: number | undefined): number | Late | undefined {
  const pages = memoryBacking?.memoryHugePages?.hugepages ?? [];
  const lateNodeset = pages.find(({ nodeset }) => isLate(nodeset))?.nodeset;
  if (lateNodeset !== undefined) return lateNodeset as Late;
  const own = pages.find(({ nodeset }) => nodeset !== undefined && numbersOf(nodeset)?.includes(cell ?? 0));
  const page = own ?? pages.find(({ nodeset }) => nodeset === undefined);
  return page && toKiB(page.size, page.unit);
}
