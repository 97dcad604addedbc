import type * as FastXmlParser from "fast-xml-parser";
import { Unreadable } from "./unreadable";

/**
 * Bounds on a parse, for which a hostile MiB takes about a second and 100 MiB of memory. The capabilities of a
 * host with a thousand CPUs and every emulator stay below 1 MiB and 10,000 elements.
 */
const MAX_MIB = 4;
const MAX_ELEMENTS = 100_000;
const MAX_DEPTH = 64;

/** An element of a captured document. Attribute values and text are decoded and trimmed. */
export class XmlElement {
  constructor(
    readonly name: string,
    readonly text: string,
    private readonly attributes: ReadonlyMap<string, string>,
    private readonly children: readonly XmlElement[],
  ) {}

  attribute(name: string): string | undefined {
    return this.attributes.get(name);
  }

  /** Child elements, all or those of one name. */
  all(name?: string): readonly XmlElement[] {
    return name === undefined ? this.children : this.children.filter((child) => child.name === name);
  }

  /** The first element along a path of names. */
  child(...path: string[]): XmlElement | undefined {
    return path.reduce<XmlElement | undefined>(
      (element, name) => element?.children.find((child) => child.name === name),
      this,
    );
  }

  /** The text of {@link child}; undefined when there is no such element or it is empty. */
  textOf(...path: string[]): string | undefined {
    return this.child(...path)?.text || undefined;
  }
}

/**
 * Parses a document whose root must be `<rootName>`.
 *
 * Document types are refused, and with them every entity but XML's own five: no capture has one, and they are
 * how a small file becomes gigabytes or reads other files.
 *
 * @throws Unreadable when the text is not such a document.
 */
export function parseXml(text: string, rootName: string): XmlElement {
  refuseForeign(text);
  const { XMLParser, XMLValidator } = require("fast-xml-parser") as typeof FastXmlParser;
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw notWellFormed(verdict.err);

  let nodes: OrderedNode[];
  try {
    nodes = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: "",
      cdataPropName: CDATA,
      ignorePiTags: true,
      ignoreDeclaration: true,
      parseTagValue: false,
      processEntities: false,
      maxNestedTags: MAX_DEPTH,
    }).parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new Unreadable(
      message.includes("nested")
        ? `nests elements deeper than ${MAX_DEPTH}`
        : `cannot be parsed (${message})`,
    );
  }

  // The validator lets a second root or stray text after `<root/>` pass.
  if (nodes.length !== 1) throw new Unreadable("is not well-formed XML (it has more than one root element)");
  const root = toElement(nodes[0]!);
  if (root.name !== rootName) throw new Unreadable(`holds <${root.name}>, not <${rootName}>`);
  return root;
}

function refuseForeign(text: string): void {
  if (text.length > MAX_MIB * 2 ** 20) throw new Unreadable(`has more than ${MAX_MIB} MiB of XML`);
  const firstLine = text.trimStart().split("\n", 1)[0]!;
  if (!firstLine.startsWith("<"))
    throw new Unreadable(`is not XML: it begins with "${firstLine.slice(0, 120)}"`);
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) {
    throw new Unreadable("declares a document type, which no capture has and which could define entities");
  }
  const encoding = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw new Unreadable(`declares the encoding ${encoding}, but captures are UTF-8`);
  }
  if (!text.trimEnd().endsWith(">")) throw new Unreadable("is truncated: it does not end with a tag");
  let elements = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    if (++elements > 2 * MAX_ELEMENTS) throw new Unreadable(`has more than ${MAX_ELEMENTS} elements`);
  }
}

function notWellFormed(error: { msg: string; line: number }): Unreadable {
  const unclosed = /^Unclosed|^Invalid '\[|open quote|proper closing|^Start tag/.test(error.msg);
  const detail = unclosed ? "it ends before its elements do, so it is truncated" : error.msg;
  return new Unreadable(`is not well-formed XML (${detail}; line ${error.line})`);
}

const TEXT = "#text";
const CDATA = "#cdata";
const ATTRIBUTES = ":@";

/** fast-xml-parser's ordered form: the one key beside ":@" is the element's name, its value the content. */
type OrderedNode = { [name: string]: OrderedNode[] } & {
  [TEXT]?: string;
  [ATTRIBUTES]?: Record<string, string>;
};

function toElement(node: OrderedNode): XmlElement {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES)!;
  const content = node[name] ?? [];
  const texts: string[] = [];
  const children: XmlElement[] = [];
  for (const part of content) {
    if (part[TEXT] !== undefined) texts.push(decode(part[TEXT]));
    else if (part[CDATA] !== undefined) texts.push(part[CDATA][0]?.[TEXT] ?? "");
    else children.push(toElement(part));
  }
  const attributes = Object.entries(node[ATTRIBUTES] ?? {}).map(
    ([key, value]) => [key, decode(value)] as const,
  );
  return new XmlElement(name, texts.join("").trim(), new Map(attributes), children);
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;\s]{0,20};?)/g, (_, reference: string) => {
    const name = reference.slice(0, -1);
    const number = /^#(?:(\d+)|x([\da-f]+));$/i.exec(reference);
    const code = number ? Number.parseInt(number[1] ?? number[2]!, number[1] ? 10 : 16) : undefined;
    if (code !== undefined && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    if (reference.endsWith(";") && Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name]!;
    throw new Unreadable(`uses the entity &${reference}, which XML does not define by itself`);
  });
}
