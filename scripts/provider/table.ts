import type { Element, NamedAttribute } from "./elements";
import { header } from "./header";

const modes = { required: "!", optional: "?", readOnly: "=", optionalComputed: "~" } as const;
const kinds = { scalar: "", list: "[", set: "{", object: "", objectList: "*" } as const;

/** The key that most attributes have; the table spells out the others. */
const plainKey = (name: string) => name.replace(/_(.)/g, (_, next: string) => next.toUpperCase());

/**
 * One line for each distinct object type, which other lines refer to by its index: half of the nested types of
 * a domain have the same attributes as another one.
 */
class Shapes {
  readonly lines: string[] = [];
  private readonly indexes = new Map<string, number>();

  add(attributes: readonly NamedAttribute[]): number {
    const line = attributes.map((attribute) => this.encode(attribute)).join(" ");
    const known = this.indexes.get(line);
    if (known !== undefined) return known;
    this.indexes.set(line, this.lines.length);
    return this.lines.push(line) - 1;
  }

  private encode({ name, key, mode, type }: NamedAttribute): string {
    const spelled = key === plainKey(name) ? name : `${name}>${key}`;
    return `${spelled}${modes[mode]}${kinds[type.kind]}${this.encodeElement(type)}`;
  }

  private encodeElement(type: NamedAttribute["type"]): string {
    if (type.kind === "scalar") return type.scalar.charAt(0);
    if ("element" in type) return type.element.charAt(0);
    return String(this.add(type.object.attributes));
  }
}

/** The module that `lib/provider/table.ts` reads. */
export function tableModule(elements: readonly Element[], version: string): string {
  const shapes = new Shapes();
  const roots = (kind: Element["kind"]) =>
    Object.fromEntries(
      elements.filter((e) => e.kind === kind).map((e) => [e.terraformType, shapes.add(e.attributes)]),
    );
  const tables = {
    resources: roots("Resource"),
    dataSources: roots("DataSource"),
    providers: roots("Provider"),
  };
  return [
    header(version),
    `export const version = ${JSON.stringify(version)};`,
    ...Object.entries(tables).map(
      ([name, indexes]) =>
        `export const ${name}: Readonly<Record<string, number>> = ${JSON.stringify(indexes, null, 2)};`,
    ),
    "export const shapes: readonly string[] = [",
    ...shapes.lines.map((line) => `  ${JSON.stringify(line)},`),
    "];",
    "",
  ].join("\n");
}
