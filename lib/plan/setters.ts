import type { PlanGuest } from "./guest";
import { isLate } from "./late";
import { nodeAt, type PlaceNode, placeTree } from "./place-tree";

/** Finds the guests that set each of many attributes, in one walk over each guest. */
export class Setters {
  private readonly root = placeTree<number>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of an attribute, which is given by its keys. */
  register(path: readonly string[]): number {
    const node = nodeAt(this.root, path);
    node.data ??= this.count++;
    return node.data;
  }

  /** The guests that set an attribute, by its number; a list without elements is not set. */
  of(guests: readonly PlanGuest[]): readonly ReadonlySet<PlanGuest>[] {
    const found = Array.from({ length: this.count }, () => new Set<PlanGuest>());
    for (const guest of guests) visit(this.root, guest.domain, guest, found);
    return found;
  }
}

function visit(
  node: PlaceNode<number>,
  value: unknown,
  guest: PlanGuest,
  found: readonly Set<PlanGuest>[],
): void {
  if (typeof value !== "object" || value === null) return;
  if (isLate(value)) addAll(node, guest, found);
  else if (Array.isArray(value)) for (const element of value) visit(node, element, guest, found);
  else {
    for (const key in value) {
      const next = node.below.get(key);
      if (next === undefined) continue;
      const inner = (value as Record<string, unknown>)[key];
      if (inner === undefined || (Array.isArray(inner) && inner.length === 0)) continue;
      if (next.data !== undefined) found[next.data]!.add(guest);
      visit(next, inner, guest, found);
    }
  }
}

/** What is late as a whole may set anything. */
function addAll(node: PlaceNode<number>, guest: PlanGuest, found: readonly Set<PlanGuest>[]): void {
  for (const next of node.below.values()) {
    if (next.data !== undefined) found[next.data]!.add(guest);
    addAll(next, guest, found);
  }
}
