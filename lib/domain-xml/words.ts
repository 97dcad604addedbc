import type { XmlKind } from "./mapping";
import { type Found, Places } from "./places";
import { places, wordSets } from "./words.generated";

/** What libvirt takes at a place. */
export type Words = ReadonlySet<string>;

let known: Readonly<Record<XmlKind, Places<Words>>> | undefined;

function readTable(): Readonly<Record<XmlKind, Places<Words>>> {
  const sets = wordSets.map((set) => new Set(set.split(" ")));
  const of = (kind: XmlKind) =>
    new Places(
      Object.entries(places)
        .filter(([place]) => place.startsWith(`${kind}.`))
        .map(([place, set]) => [place.slice(kind.length + 1), sets[set]!] as const),
    );
  return { domain: of("domain"), network: of("network"), pool: of("pool"), volume: of("volume") };
}

/** Texts of a configuration for which libvirt has no such word; late ones are among them. */
export function unknownWords(kind: XmlKind, config: object): Found<Words>[] {
  known ??= readTable();
  return known[kind].find(
    config,
    (value, words) => typeof value === "string" && value !== "" && !words.has(value),
  );
}
