import { nodeAt, type PlaceNode, placeTree } from "../plan/place-tree";
import { XML_KINDS, type XmlKind } from "./mapping";

/** What stands at a place of a configuration. */
export interface Found<T> {
  /** The attribute: `devices.disks[0].device`. */
  readonly at: string;
  readonly value: string | number | boolean;
  readonly data: T;
}

/** Something known of places in a configuration, each in camelCase without indexes: `devices.disks.device`. */
export class Places<T> {
  private readonly root = placeTree<T>();

  constructor(entries: Iterable<readonly [place: string, data: T]>) {
    for (const [place, data] of entries) nodeAt(this.root, place.split(".")).data = data;
  }

  /** The values of these places that are wanted. Paths are followed where there are some: mostly there are none. */
  find(config: object, isWanted: IsWanted<T>): readonly Found<T>[] {
    if (!some(this.root, config, isWanted)) return NONE;
    const found: Found<T>[] = [];
    const path: (string | number)[] = [];
    const visit = (node: PlaceNode<T>, value: unknown): void => {
      if (value === undefined || value === null) return;
      if (typeof value !== "object") {
        const { data } = node;
        const scalar = value as string | number | boolean;
        if (data !== undefined && isWanted(scalar, data))
          found.push({ at: textOf(path), value: scalar, data });
      } else if (Array.isArray(value)) {
        for (let index = 0; index < value.length; index++) {
          path.push(index);
          visit(node, value[index]);
          path.pop();
        }
      } else {
        for (const key in value) {
          const next = node.below.get(key);
          if (next === undefined) continue;
          path.push(key);
          visit(next, (value as Record<string, unknown>)[key]);
          path.pop();
        }
      }
    };
    visit(this.root, config);
    return found;
  }
}

/** What is known of places of every kind, each with its kind before it: `domain.devices.disks.device`. Read once. */
export function placesByKind<T>(read: () => Iterable<readonly [string, T]>): (kind: XmlKind) => Places<T> {
  let known: ReadonlyMap<XmlKind, Places<T>> | undefined;
  return (kind) => {
    if (known === undefined) {
      const entries = [...read()];
      const of = (each: XmlKind) => entries.filter(([place]) => place.startsWith(`${each}.`));
      known = new Map(
        XML_KINDS.map((each) => [
          each,
          new Places(of(each).map(([place, data]) => [place.slice(each.length + 1), data] as const)),
        ]),
      );
    }
    return known.get(kind)!;
  };
}

type IsWanted<T> = (value: string | number | boolean, data: T) => boolean;

const NONE: readonly never[] = [];

function some<T>(node: PlaceNode<T>, value: unknown, isWanted: IsWanted<T>): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "object") {
    return node.data !== undefined && isWanted(value as string | number | boolean, node.data);
  }
  if (Array.isArray(value)) {
    for (const element of value) if (some(node, element, isWanted)) return true;
    return false;
  }
  for (const key in value) {
    const next = node.below.get(key);
    if (next && some(next, (value as Record<string, unknown>)[key], isWanted)) return true;
  }
  return false;
}

function textOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}
