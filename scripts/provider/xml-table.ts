import type { Element } from "./elements";
import { header } from "./header";
import type { Vector } from "./vectors";
import { inferMapping, type Recorded, type XmlConstant, type XmlField, type XmlNode } from "./xml-mapping";

/** The module that `lib/domain-xml/mapping.ts` reads: one line for each distinct object. */
export function xmlTableModule(elements: readonly Element[], recorded: Recorded, version: string): string {
  const lines = new Lines();
  const roots = ["domain", "network", "pool", "volume"].map((kind) => {
    const element = elements.find(({ terraformType }) => terraformType === `libvirt_${kind}`)!;
    return [kind, lines.add(inferMapping(element.terraformType, element.attributes, recorded))];
  });
  return [
    header(version),
    `export const roots: Readonly<Record<string, number>> = ${JSON.stringify(Object.fromEntries(roots), null, 2)};`,
    "export const nodes: readonly string[] = [",
    ...lines.all.map((line) => `  ${JSON.stringify(line)},`),
    "];",
    "",
  ].join("\n");
}

export function recorded(
  vectors: readonly Vector[],
  siblings: readonly Vector[],
  empty: readonly Vector[],
): Recorded {
  const key = ({ resource, path }: Vector) => `${resource} ${path}`;
  const isObject = ({ value }: Vector) => typeof value === "object";
  const order = new Map<string, number>();
  for (const { resource, path } of [...vectors]) {
    // An object is where its first leaf is.
    for (let at = path; at !== ""; at = at.replace(/\.?[^.]*$/, "")) {
      const name = `${resource} ${at.replace(/\[0\]$/, "")}`;
      if (!order.has(name)) order.set(name, order.size);
    }
  }
  return {
    leaves: new Map([...vectors, ...siblings].map((vector) => [key(vector), vector])),
    objects: new Map(empty.filter(isObject).map((vector) => [key(vector), vector])),
    zeros: new Set(empty.filter(({ value }) => value === 0 || value === "").map(key)),
    raw: new Set(empty.filter(({ value }) => value === "<v/>").map(key)),
    order,
  };
}

class Lines {
  readonly all: string[] = [];
  private readonly indexes = new Map<string, number>();

  add({ fields, union, order }: XmlNode): number {
    const parts = fields.map((field) => this.encode(field));
    const sorted = order.every((position, index) => index === 0 || position > order[index - 1]!);
    const line = [
      ...(sorted ? [] : [`:${order.join(":")}`]),
      ...(union.length > 0 ? [`|${union.join("|")}`] : []),
      ...parts,
    ].join(" ");
    const known = this.indexes.get(line);
    if (known !== undefined) return known;
    this.indexes.set(line, this.all.length);
    return this.all.push(line) - 1;
  }

  private encode(field: XmlField): string {
    if (field.unsent) return field.never ? "!n" : "-";
    const { path, attribute, constants, hexadecimal, repeated, needs, node } = field;
    return [
      path.join("/"),
      attribute === undefined ? "" : `@${attribute}`,
      ...constants.map(encodeConstant),
      hexadecimal === undefined ? "" : `%${hexadecimal}`,
      repeated === undefined ? "" : `=${repeated}`,
      needs === undefined ? "" : `?${needs}`,
      flags(field),
      node === undefined ? "" : `#${this.add(node)}`,
    ].join("");
  }
}

function encodeConstant({ up, attribute, value }: XmlConstant): string {
  return `{${up < 0 ? ">" : "^".repeat(up)}${attribute}=${value}}`;
}

function flags({ raw, presence, always, writesZero, lazy, completes, exclusive, node }: XmlField): string {
  const set = [
    raw ? "r" : "",
    presence ? "p" : "",
    always ? "a" : "",
    writesZero && !always && node === undefined ? "z" : "",
    lazy ? "l" : "",
    completes ? "c" : "",
    exclusive ? "x" : "",
  ].join("");
  return set === "" ? "" : `!${set}`;
}
