import type { XmlKind } from "./mapping";
import { places, wordSets } from "./words.generated";

/** A value where libvirt takes one of a few words. */
export interface EnumeratedValue {
  /** The attribute: `devices.disks[0].device`. */
  readonly at: string;
  readonly value: string;
  /** What libvirt takes there. */
  readonly words: ReadonlySet<string>;
}

interface Node {
  readonly below: Map<string, Node>;
  words?: ReadonlySet<string>;
}

let roots: Map<string, Node> | undefined;
const sets: ReadonlySet<string>[] = [];

function readTable(): Map<string, Node> {
  const read = new Map<string, Node>();
  for (const [place, set] of Object.entries(places)) {
    let level = read;
    let node: Node | undefined;
    for (const key of place.split(".")) {
      node = level.get(key);
      if (node === undefined) {
        node = { below: new Map() };
        level.set(key, node);
      }
      level = node.below;
    }
    sets[set] ??= new Set(wordSets[set]!.split(" "));
    node!.words = sets[set];
  }
  return read;
}

/** Texts of a configuration for which libvirt has no such word; late ones are among them. */
export function unknownWords(kind: XmlKind, config: object): readonly EnumeratedValue[] {
  roots ??= readTable();
  const found: EnumeratedValue[] = [];
  visit(roots.get(kind)!, config, found, []);
  return found;
}

/** Paths are put together only for what is found: nearly every configuration has nothing. */
function visit(node: Node, value: unknown, found: EnumeratedValue[], path: (string | number)[]): void {
  if (typeof value === "string") {
    if (value !== "" && node.words?.has(value) === false) {
      found.push({ at: textOf(path), value, words: node.words });
    }
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      visit(node, value[index], found, path);
      path.pop();
    }
  } else if (typeof value === "object" && value !== null) {
    for (const key in value) {
      const next = node.below.get(key);
      if (next === undefined) continue;
      path.push(key);
      visit(next, (value as Record<string, unknown>)[key], found, path);
      path.pop();
    }
  }
}

function textOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}
