import { XmlElement, XmlText } from "./element";

export const MAX_MEBIBYTES = 16;

/** Bounds of a parse. */
export interface XmlLimits {
  /** Length of the document in MiB of text. @default 16 */
  readonly maxMebibytes?: number;
  /** Number of elements. @default 50,000: a domain with every device that QEMU takes has about 5,000 */
  readonly maxElements?: number;
  /** How deep elements nest. @default 64: libvirt's own documents stay below 16 */
  readonly maxDepth?: number;
}

/** A text that is not the XML that this library reads; the message completes "the document …". */
export class XmlSyntaxError extends Error {
  constructor(
    message: string,
    /** The line at fault, from 1. */
    readonly line: number,
  ) {
    super(message);
    this.name = "XmlSyntaxError";
  }
}

/**
 * Parses a document in one pass over the text, so that time and memory stay in proportion to it.
 *
 * Document types are refused, and with them every entity but XML's own five: libvirt writes none, and they are how
 * a small document becomes gigabytes or reads other files.
 *
 * @throws XmlSyntaxError when the text is not well-formed, is cut short, or exceeds a limit.
 */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  const { maxMebibytes = MAX_MEBIBYTES } = limits;
  if (text.length > maxMebibytes * 2 ** 20) {
    throw new XmlSyntaxError(`has more than ${maxMebibytes} MiB`, 1);
  }
  return new Parser(text, limits).document();
}

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const NAME = /[A-Za-z_:\u00b7-\ufffd][\w:.\-\u00b7-\ufffd]*/y;
const SPACE = /[ \t\r\n]*/y;
/** Characters that no XML 1.0 document may hold, not even as a reference. */
export const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

interface Scope {
  readonly prefixes: Prefixes;
  readonly element: XmlElement;
}

class Parser {
  private at = 0;
  private elements = 0;
  private readonly open: Scope[] = [];
  private readonly maxElements: number;
  private readonly maxDepth: number;
  private readonly source: XmlText;

  constructor(
    private readonly text: string,
    { maxElements = 50_000, maxDepth = 64 }: XmlLimits,
  ) {
    this.source = new XmlText(text);
    this.maxElements = maxElements;
    this.maxDepth = maxDepth;
  }

  document(): XmlElement {
    this.refuseForbidden();
    if (this.text.startsWith("\ufeff")) this.at = 1;
    this.declaration();
    this.misc();
    if (!this.text.startsWith("<", this.at)) throw this.notXml();
    const root = this.element();
    this.misc();
    if (this.at < this.text.length) {
      throw this.error(
        this.text.startsWith("<", this.at)
          ? "is not well-formed: it has more than one root element"
          : "is not well-formed: text follows its root element",
      );
    }
    return root;
  }

  private refuseForbidden(): void {
    const found = FORBIDDEN.exec(this.text);
    if (found === null) return;
    this.at = found.index;
    if (this.text.includes("\0")) throw this.error("is not UTF-8 text: it holds null bytes");
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw this.error(`holds the character U+${code}, which XML cannot carry`);
  }

  private notXml(): XmlSyntaxError {
    if (this.at >= this.text.length) return this.error("is empty or cut short: it has no element");
    const start = this.text.slice(this.at, this.at + 60).split("\n", 1)[0]!;
    return this.error(`is not XML: it begins with ${JSON.stringify(start)}`);
  }

  private declaration(): void {
    if (!/^<\?xml[\s?]/.test(this.text.slice(this.at, this.at + 6))) return;
    const end = this.text.indexOf("?>", this.at);
    if (end === -1) throw this.truncated();
    const encoding = /\bencoding\s*=\s*["']([^"']{0,40})["']/.exec(this.text.slice(this.at, end))?.[1];
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      throw this.error(`declares the encoding ${encoding}; convert it to UTF-8`);
    }
    this.at = end + 2;
  }

  /** Space, comments and processing instructions. */
  private misc(): void {
    for (;;) {
      this.space();
      if (this.text.startsWith("<!--", this.at)) this.comment();
      else if (this.text.startsWith("<?", this.at)) this.skipPast("?>", 2);
      else if (this.text.startsWith("<!", this.at)) throw this.documentType();
      else return;
    }
  }

  /** What begins with `<!` and is neither a comment nor text that is no markup. */
  private documentType(): XmlSyntaxError {
    const rest = this.text.slice(this.at, this.at + 9);
    if (this.at + 9 > this.text.length && ["<!--", "<![CDATA["].some((each) => each.startsWith(rest))) {
      return this.truncated();
    }
    return this.error("declares a document type, which libvirt never writes and which could define entities");
  }

  /** The root and everything in it, without recursion: depth is bounded by choice, not by the stack. */
  private element(): XmlElement {
    const root = this.startTag();
    while (this.open.length > 0) {
      const { element } = this.open.at(-1)!;
      this.content(element);
      if (this.text.startsWith("</", this.at)) this.endTag(element);
      else this.startTag();
    }
    return root;
  }

  private startTag(): XmlElement {
    const start = this.at++;
    const name = this.name("an element");
    if (++this.elements > this.maxElements) throw this.error(`has more than ${this.maxElements} elements`);
    const attributes = this.attributes(name);
    const outer = this.open.at(-1);
    const prefixes = declaredPrefixes(attributes, outer?.prefixes);
    const colon = name.indexOf(":");
    const namespace = namespaceOf(colon === -1 ? "" : name.slice(0, colon), prefixes) || undefined;
    const element = new XmlElement(name, attributes, namespace, start, this.source);
    outer?.element.children.push(element);
    if (this.text.startsWith("/>", this.at)) {
      this.at += 2;
      element.contentStart = element.contentEnd = element.end = this.at;
      return element;
    }
    this.expect(">", `the start tag of <${name}>`);
    element.contentStart = this.at;
    this.open.push({ prefixes, element });
    if (this.open.length > this.maxDepth) throw this.error(`nests elements deeper than ${this.maxDepth}`);
    return element;
  }

  private attributes(element: string): ReadonlyMap<string, string> {
    let attributes: Map<string, string> | undefined;
    for (;;) {
      const before = this.at;
      this.space();
      const next = this.text[this.at];
      if (next === undefined) throw this.truncated();
      if (next === ">" || next === "/") return attributes ?? NO_ATTRIBUTES;
      if (this.at === before)
        throw this.error(`is not well-formed: attributes of <${element}> need a space between`);
      const name = this.name(`an attribute of <${element}>`);
      this.space();
      this.expect("=", `attribute ${name} of <${element}>`);
      this.space();
      const quote = this.text[this.at];
      if (quote === undefined) throw this.truncated();
      if (quote !== '"' && quote !== "'")
        throw this.error(`is not well-formed: attribute ${name} of <${element}> has no quotes`);
      const end = this.text.indexOf(quote, this.at + 1);
      if (end === -1) throw this.truncated();
      const raw = this.text.slice(this.at + 1, end);
      if (raw.includes("<"))
        throw this.error(`is not well-formed: attribute ${name} of <${element}> holds "<"`);
      // A line break in an attribute is a space to every XML parser.
      const value = this.decode(/[\t\r\n]/.test(raw) ? raw.replace(/\r\n|[\t\r\n]/g, " ") : raw);
      this.at = end + 1;
      attributes ??= new Map();
      if (attributes.has(name))
        throw this.error(`is not well-formed: <${element}> has attribute ${name} twice`);
      attributes.set(name, value);
    }
  }

  /** Text, comments and the like up to the next tag of an element. */
  private content(element: XmlElement): void {
    for (;;) {
      const next = this.text.indexOf("<", this.at);
      if (next === -1) throw this.truncated();
      if (next > this.at) {
        element.text += this.decode(newlines(this.text.slice(this.at, next)));
        this.at = next;
      }
      if (this.text.startsWith("<!--", next)) this.comment();
      else if (this.text.startsWith("<![CDATA[", next)) {
        this.skipPast("]]>", 9);
        element.text += newlines(this.text.slice(next + 9, this.at - 3));
      } else if (this.text.startsWith("<?", next)) this.skipPast("?>", 2);
      else if (this.text.startsWith("<!", next)) throw this.documentType();
      else return;
    }
  }

  private endTag(element: XmlElement): void {
    element.contentEnd = this.at;
    this.at += 2;
    if (this.at >= this.text.length) throw this.truncated();
    const name = this.name("an end tag");
    if (name !== element.name && this.at < this.text.length) {
      throw this.error(
        `is not well-formed: <${element.name}> of line ${element.line} is closed by </${name}>`,
      );
    }
    this.space();
    this.expect(">", `the end tag of <${name}>`);
    element.end = this.at;
    this.open.pop();
  }

  private comment(): void {
    this.skipPast("-->", 4);
  }

  private skipPast(end: string, from: number): void {
    const found = this.text.indexOf(end, this.at + from);
    if (found === -1) throw this.truncated();
    this.at = found + end.length;
  }

  private name(of: string): string {
    NAME.lastIndex = this.at;
    const match = NAME.exec(this.text);
    if (match === null) {
      if (this.at >= this.text.length) throw this.truncated();
      throw this.error(
        `is not well-formed: the name of ${of} begins with ${JSON.stringify(this.text[this.at])}`,
      );
    }
    this.at = NAME.lastIndex;
    return match[0];
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private expect(character: string, where: string): void {
    if (this.at >= this.text.length) throw this.truncated();
    if (this.text[this.at] !== character) {
      throw this.error(
        `is not well-formed: ${where} has ${JSON.stringify(this.text[this.at])} where "${character}" belongs`,
      );
    }
    this.at++;
  }

  private decode(text: string): string {
    let at = text.indexOf("&");
    if (at === -1) return text;
    const parts: string[] = [];
    let from = 0;
    for (; at !== -1; at = text.indexOf("&", from)) {
      const end = text.indexOf(";", at);
      // No reference is longer than 32 characters; a search for its end must not run through the whole text.
      if (end === -1 || end - at > 32)
        throw this.error('is not well-formed: "&" begins no reference; write &amp;');
      parts.push(text.slice(from, at), this.dereference(text.slice(at + 1, end)));
      from = end + 1;
    }
    parts.push(text.slice(from));
    return parts.join("");
  }

  private dereference(name: string): string {
    const predefined = PREDEFINED.get(name);
    if (predefined !== undefined) return predefined;
    const match = /^#(?:(\d{1,8})|x([\da-fA-F]{1,8}))$/.exec(name);
    if (match === null) throw this.error(`uses the entity &${name};, which XML does not define by itself`);
    const code = match[1] === undefined ? Number.parseInt(match[2]!, 16) : Number(match[1]);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "\0";
    if (FORBIDDEN.test(character)) throw this.error(`refers to &${name};, which is no character of XML`);
    return character;
  }

  private truncated(): XmlSyntaxError {
    const inside = this.open.at(-1)?.element;
    this.at = this.text.length;
    const detail =
      inside === undefined ? "inside its first tag" : `inside <${inside.name}> of line ${inside.line}`;
    return this.error(`is cut short: it ends ${detail}`);
  }

  private error(message: string): XmlSyntaxError {
    return new XmlSyntaxError(message, this.source.lineAt(this.at));
  }
}

/** Every XML parser reads each kind of line end as one. */
function newlines(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** What an element declares, and what those around it do: to copy all of it for each would multiply both. */
interface Prefixes {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Prefixes | undefined;
}

const NO_PREFIXES: Prefixes = { declared: new Map([["xml", XML_NAMESPACE]]), outer: undefined };

function declaredPrefixes(attributes: ReadonlyMap<string, string>, outer: Prefixes = NO_PREFIXES): Prefixes {
  let declared: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    declared ??= new Map();
    declared.set(name === "xmlns" ? "" : name.slice(6), value);
  }
  return declared ? { declared, outer } : outer;
}

function namespaceOf(prefix: string, prefixes: Prefixes | undefined): string | undefined {
  for (let at = prefixes; at !== undefined; at = at.outer) {
    const namespace = at.declared.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}
