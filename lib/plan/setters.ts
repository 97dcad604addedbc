import type { PlanGuest } from "./guest";
import { isLate } from "./late";

interface Node {
  readonly below: Map<string, Node>;
  id?: number;
}

/** Finds the guests that set each of many attributes, in one walk over each guest. */
export class Setters {
  private readonly root: Node = { below: new Map() };
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of an attribute, which is given by its keys. */
  register(path: readonly string[]): number {
    let node = this.root;
    for (const key of path) {
      let next = node.below.get(key);
      if (next === undefined) {
        next = { below: new Map() };
        node.below.set(key, next);
      }
      node = next;
    }
    node.id ??= this.count++;
    return node.id;
  }

  /** The guests that set an attribute, by its number; a list without elements is not set. */
  of(guests: readonly PlanGuest[]): readonly ReadonlySet<PlanGuest>[] {
    const found = Array.from({ length: this.count }, () => new Set<PlanGuest>());
    for (const guest of guests) visit(this.root, guest.domain, guest, found);
    return found;
  }
}

function visit(node: Node, value: object, guest: PlanGuest, found: readonly Set<PlanGuest>[]): void {
  for (const key in value) {
    const next = node.below.get(key);
    if (next === undefined) continue;
    const inner = (value as Record<string, unknown>)[key];
    if (inner === undefined || (Array.isArray(inner) && inner.length === 0)) continue;
    if (next.id !== undefined) found[next.id]!.add(guest);
    if (typeof inner !== "object" || inner === null) continue;
    if (isLate(inner)) {
      addAll(next, guest, found);
      continue;
    }
    if (Array.isArray(inner)) {
      for (const element of inner) {
        if (typeof element !== "object" || element === null) continue;
        if (isLate(element)) addAll(next, guest, found);
        else visit(next, element, guest, found);
      }
    } else visit(next, inner, guest, found);
  }
}

/** What is late as a whole may set anything. */
function addAll(node: Node, guest: PlanGuest, found: readonly Set<PlanGuest>[]): void {
  for (const next of node.below.values()) {
    if (next.id !== undefined) found[next.id]!.add(guest);
    addAll(next, guest, found);
  }
}
