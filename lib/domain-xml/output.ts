import { FORBIDDEN } from "../xml/parse";

/** An element on its way into a document. */
export class OutputElement {
  readonly attributes = new Map<string, string>();
  readonly children: OutputElement[] = [];
  text: string | undefined;
  /** Content that is XML already. */
  raw: string | undefined;

  constructor(readonly name: string) {}

  /** The element and all that is in it, indented by two spaces a level. */
  toString(): string {
    const lines: string[] = [];
    this.print(lines, "");
    return `${lines.join("\n")}\n`;
  }

  private print(lines: string[], indent: string): void {
    // Indentation would be a part of the text.
    if (this.children.length === 0 || this.text) {
      lines.push(indent + this.onOneLine());
      return;
    }
    lines.push(`${indent}<${this.start()}>`);
    for (const child of this.children) child.print(lines, `${indent}  `);
    lines.push(`${indent}</${this.name}>`);
  }

  private onOneLine(): string {
    const text = this.raw || escapeText(this.text ?? "");
    const content = text + this.children.map((child) => child.onOneLine()).join("");
    return content === "" ? `<${this.start()}/>` : `<${this.start()}>${content}</${this.name}>`;
  }

  private start(): string {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
    return this.name + attributes.join("");
  }
}

const ALL_FORBIDDEN = new RegExp(FORBIDDEN.source, "g");
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** What XML cannot carry becomes U+FFFD, as the provider's encoder does. */
function escapeText(text: string): string {
  return text.replace(ALL_FORBIDDEN, "\ufffd").replace(/[&<>\r]/g, (character) => ESCAPES[character]!);
}

/** Line breaks and tabs are escaped, or a reader would take them for spaces. */
function escapeAttribute(text: string): string {
  return text.replace(ALL_FORBIDDEN, "\ufffd").replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!);
}
