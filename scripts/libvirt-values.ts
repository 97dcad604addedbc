import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { XML_KINDS, type XmlField, type XmlKind, type XmlObject, xmlObject } from "../lib/domain-xml/mapping";
import type { XmlElement } from "../lib/xml/element";
import { parseXml } from "../lib/xml/parse";

const VALUES_FILE = path.join(__dirname, "libvirt-data", "values.json");

export interface RecordedValues {
  /** The versions of libvirt whose schemas were read. */
  readonly libvirt: readonly string[];
  /** Words by attribute: `domain.devices.disks.device`, in the order of the alphabet. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

export const recordedValues = (): RecordedValues => JSON.parse(readFileSync(VALUES_FILE, "utf8"));

/** What libvirt's schemas let each attribute of the provider say, where they name the words. */
export type EnumeratedValues = ReadonlyMap<string, readonly string[]>;

const FILES: Readonly<Record<XmlKind, string>> = {
  domain: "domain.rng",
  network: "network.rng",
  pool: "storagepool.rng",
  volume: "storagevol.rng",
};

/** What a place in a document may hold: words, and whether other text is allowed beside them. */
interface Content {
  readonly words: Set<string>;
  open: boolean;
}

/** Reads the schemas of several versions of libvirt; a word is known that one of them knows. */
export function enumeratedValues(folders: readonly string[]): EnumeratedValues {
  const contents = new Map<string, Content>();
  for (const folder of folders) {
    for (const kind of XML_KINDS) {
      const grammar = new Grammar(folder, FILES[kind]);
      const root = grammar.elements(grammar.start, kind);
      walk(grammar, root, xmlObject(kind), kind, contents);
    }
  }
  return new Map(
    [...contents]
      .filter(([, { words, open }]) => !open && words.size > 0)
      .map(([place, { words }]) => [place, [...words].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function walk(
  grammar: Grammar,
  owners: readonly XmlElement[],
  object: XmlObject,
  place: string,
  contents: Map<string, Content>,
): void {
  for (const field of object.fields) {
    if (field.unsent) continue;
    const elements = field.path.reduce<readonly XmlElement[]>(
      (found, name) => grammar.elements(found, name),
      owners,
    );
    if (elements.length === 0) continue;
    const below = `${place}.${field.attribute.key}`;
    if (field.object) walk(grammar, elements, field.object, below, contents);
    else if (isText(field)) {
      const content = contents.get(below) ?? { words: new Set(), open: false };
      const holders =
        field.xmlAttribute === undefined ? elements : grammar.attributes(elements, field.xmlAttribute);
      grammar.addText(holders, content);
      contents.set(below, content);
    }
  }
}

function isText({ attribute: { type }, hexadecimal, presence, raw }: XmlField): boolean {
  return type.kind === "scalar" && type.scalar === "string" && hexadecimal === undefined && !presence && !raw;
}

/** A RELAX NG grammar with what it includes. A pattern is looked into without entering elements and attributes. */
class Grammar {
  private readonly definitions = new Map<string, XmlElement[]>();
  readonly start: XmlElement[] = [];

  constructor(
    private readonly folder: string,
    file: string,
  ) {
    this.load(file);
  }

  private load(file: string): void {
    const collect = (element: XmlElement) => {
      for (const child of element.children) {
        const name = child.attributes.get("name");
        if (child.local === "include") this.load(child.attributes.get("href")!);
        else if (child.local === "start") this.start.push(child);
        else if (child.local === "define" && name !== undefined) {
          this.definitions.set(name, [...(this.definitions.get(name) ?? []), child]);
        }
        if (child.local === "include" || child.local === "div") collect(child);
      }
    };
    collect(parseXml(readFileSync(path.join(this.folder, file), "utf8")));
  }

  elements(owners: readonly XmlElement[], name: string): XmlElement[] {
    return this.named(owners, "element", name);
  }

  attributes(owners: readonly XmlElement[], name: string): XmlElement[] {
    return this.named(owners, "attribute", name);
  }

  /** Adds the text that these elements or attributes may hold. */
  addText(owners: readonly XmlElement[], content: Content): void {
    for (const pattern of this.inside(owners)) {
      if (pattern.local === "value") content.words.add(pattern.text.trim());
      else if (["text", "data", "list"].includes(pattern.local)) content.open = true;
    }
    if (owners.some((owner) => owner.local === "attribute" && patternsOf(owner).length === 0)) {
      content.open = true;
    }
  }

  private named(owners: readonly XmlElement[], kind: "element" | "attribute", name: string): XmlElement[] {
    return this.inside(owners).filter((pattern) => pattern.local === kind && hasName(pattern, name));
  }

  private inside(owners: readonly XmlElement[]): XmlElement[] {
    const found: XmlElement[] = [];
    const seen = new Set<string>();
    const visit = (pattern: XmlElement) => {
      if (pattern.local === "ref") {
        const name = pattern.attributes.get("name")!;
        if (seen.has(name)) return;
        seen.add(name);
        for (const definition of this.definitions.get(name) ?? []) patternsOf(definition).forEach(visit);
        return;
      }
      found.push(pattern);
      if (!["element", "attribute", "value", "data", "list"].includes(pattern.local)) {
        pattern.children.forEach(visit);
      }
    };
    for (const owner of owners) patternsOf(owner).forEach(visit);
    return found;
  }
}

const NAME_CLASSES = ["name", "anyName", "nsName"];

/** Without the class of names, which an element or attribute may begin with. */
function patternsOf(owner: XmlElement): readonly XmlElement[] {
  const named = ["element", "attribute"].includes(owner.local) && !owner.attributes.has("name");
  return named ? owner.children.slice(1) : owner.children;
}

function hasName(pattern: XmlElement, name: string): boolean {
  const stated = pattern.attributes.get("name");
  if (stated !== undefined) return stated === name;
  const names = (element: XmlElement): boolean =>
    element.local === "name" ? element.text.trim() === name : element.children.some(names);
  const [first] = pattern.children;
  return (
    first !== undefined && (NAME_CLASSES.includes(first.local) || first.local === "choice") && names(first)
  );
}

/**
 * Records the words that libvirt's schemas know, for `npm run generate`. Schemas of several versions are read
 * together, since a plan does not tell which libvirt it is for:
 *
 *   tsx scripts/libvirt-values.ts 9.0.0=/usr/share/libvirt/schemas 12.8.0=/opt/libvirt/schemas
 */
function main(argv: readonly string[]): void {
  const given = argv.map((argument) => argument.split("=", 2) as [string, string | undefined]);
  if (given.length === 0 || given.some(([, folder]) => folder === undefined)) {
    process.stderr.write("usage: tsx scripts/libvirt-values.ts VERSION=FOLDER…\n");
    process.exitCode = 2;
    return;
  }
  const recorded: RecordedValues = {
    libvirt: given.map(([version]) => version),
    words: Object.fromEntries(enumeratedValues(given.map(([, folder]) => folder!))),
  };
  writeFileSync(VALUES_FILE, `${JSON.stringify(recorded, undefined, 1)}\n`);
}

if (require.main === module) main(process.argv.slice(2));
