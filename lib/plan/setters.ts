import type { PlanGuest } from "./guest";
import { isLate } from "./late";
import { nodeAt, type PlaceNode, placeTree } from "./place-tree";

/** Numbers of what is looked for at a place. */
interface Wanted {
  /** Of any value. */
  any?: number;
  /** Of single words. */
  words?: Map<unknown, number>;
}

/** Finds the guests that set each of many attributes, at all or to a word, in one walk over each guest. */
export class Setters {
  private readonly root = placeTree<Wanted>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of an attribute, which is given by its keys; or of a word that is its value. */
  register(path: readonly string[], word?: string): number {
    const node = nodeAt(this.root, path);
    node.data ??= {};
    const wanted = node.data;
    if (word === undefined) {
      wanted.any ??= this.count++;
      return wanted.any;
    }
    wanted.words ??= new Map();
    const known = wanted.words.get(word);
    if (known !== undefined) return known;
    wanted.words.set(word, this.count);
    return this.count++;
  }

  /** The guests that set an attribute, by its number; a list without elements is not set. */
  of(guests: readonly PlanGuest[]): readonly ReadonlySet<PlanGuest>[] {
    const found = Array.from({ length: this.count }, () => new Set<PlanGuest>());
    for (const guest of guests) visit(this.root, guest.domain, guest, found);
    return found;
  }
}

type Found = readonly Set<PlanGuest>[];

function visit(node: PlaceNode<Wanted>, value: unknown, guest: PlanGuest, found: Found): void {
  if (typeof value !== "object" || value === null) {
    const { words } = node.data ?? {};
    if (words === undefined) return;
    const number = words.get(value);
    if (number !== undefined) found[number]!.add(guest);
    // What is late may be any of them.
    else if (isLate(value)) for (const each of words.values()) found[each]!.add(guest);
  } else if (isLate(value)) addAll(node, guest, found);
  else if (Array.isArray(value)) for (const element of value) visit(node, element, guest, found);
  else {
    for (const key in value) {
      const next = node.below.get(key);
      if (next === undefined) continue;
      const inner = (value as Record<string, unknown>)[key];
      if (inner === undefined || (Array.isArray(inner) && inner.length === 0)) continue;
      if (next.data?.any !== undefined) found[next.data.any]!.add(guest);
      visit(next, inner, guest, found);
    }
  }
}

/** What is late as a whole may set anything. */
function addAll(node: PlaceNode<Wanted>, guest: PlanGuest, found: Found): void {
  for (const next of node.below.values()) {
    const { any, words = new Map<unknown, number>() } = next.data ?? {};
    for (const number of [...(any === undefined ? [] : [any]), ...words.values()]) found[number]!.add(guest);
    addAll(next, guest, found);
  }
}
