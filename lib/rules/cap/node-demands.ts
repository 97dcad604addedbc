import type { NumaCell } from "../../host-facts";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { numbersOf, rangesOf } from "../cpu/cpu-set";

/** What one guest takes, all its instances together, from a set of the host's NUMA nodes. */
export interface Demand {
  readonly guest: PlanGuest;
  readonly nodes: readonly number[];
  readonly amount: number;
}

/** A set of nodes that has less than must come from it. */
export interface Overfull {
  /** `NUMA node 1`, `NUMA nodes 0-1`. */
  readonly label: string;
  readonly demands: readonly Demand[];
  readonly demanded: number;
  readonly supply: number;
}

/** The host's nodes to which a piece of a guest's memory is bound for good; undefined when any will do. */
export function boundNodes(
  { domain: { numaTune } }: PlanGuest,
  cell: number | undefined,
): readonly number[] | "late" | undefined {
  const own = (numaTune?.memNodes ?? []).find(({ cellId }) => isLate(cellId) || cellId === cell);
  const {
    mode = "strict",
    nodeset,
    placement,
  } = own ? { ...own, placement: undefined } : (numaTune?.memory ?? {});
  if ([own?.cellId, mode, nodeset, placement].some(isLate)) return "late";
  if (mode !== "strict" || placement === "auto" || nodeset === undefined) return undefined;
  return numbersOf(nodeset);
}

/**
 * The sets of nodes that are asked for more than they have. What may come from a larger set only is not in the sum of
 * a smaller one, so that each is impossible whatever the host does with the rest.
 */
export function overfullNodes(
  demands: readonly Demand[],
  cells: readonly NumaCell[],
  supplyOf: (cell: NumaCell) => number | undefined,
): Overfull[] {
  const supplies = new Map(cells.map((cell) => [cell.id, supplyOf(cell)]));
  const sets = [...groupBy(demands, ({ nodes }) => nodes.join()).values()];
  return sets.flatMap(([first]) => {
    const { nodes } = first!;
    const supply = nodes.reduce((sum, node) => sum + (supplies.get(node) ?? Number.NaN), 0);
    const within = sets.filter((set) => set[0]!.nodes.every((node) => nodes.includes(node))).flat();
    const demanded = within.reduce((sum, { amount }) => sum + amount, 0);
    // A node that facts do not know, or of which they do not tell the size, is never too small.
    if (!(demanded > supply)) return [];
    const label = `NUMA node${nodes.length === 1 ? "" : "s"} ${rangesOf(nodes)}`;
    return [{ label, demands: [...within].sort((a, b) => b.amount - a.amount), demanded, supply }];
  });
}
