import type { XmlKind } from "./mapping";
import { type Found, placesByKind } from "./places";
import { places, wordSets } from "./words.generated";

/** What libvirt takes at a place. */
export type Words = ReadonlySet<string>;

const known = placesByKind<Words>(() => {
  const sets = wordSets.map((set) => new Set(set.split(" ")));
  return Object.entries(places).map(([place, set]) => [place, sets[set]!] as const);
});

/** Texts of a configuration for which libvirt has no such word; late ones are among them. */
export function unknownWords(kind: XmlKind, config: object): readonly Found<Words>[] {
  return known(kind).find(
    config,
    (value, words) => typeof value === "string" && value !== "" && !words.has(value),
  );
}
