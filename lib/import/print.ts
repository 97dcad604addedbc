import { type Code, type Entry, partsOf, type Statement } from "./code";

/** What formatters of TypeScript take for a line, unless told otherwise. */
const WIDTH = 80;

/** A statement as formatters write it. */
export function printStatement(statement: Statement, prefix = ""): string {
  const head =
    statement.kind === "const"
      ? `${prefix}const ${statement.name} = `
      : statement.kind === "set"
        ? `${flat(statement.target)} = `
        : "";
  return `${head}${print(statement.value, 0, WIDTH - head.length - 1)};`;
}

/** An expression on one line where it fits into what is left of it, else on several. */
export function print(code: Code, indent: number, room: number): string {
  const line = flat(code);
  if (line.length <= room && !breaks(code)) return line;
  const { node } = code;
  switch (node.kind) {
    case "list":
      return block(
        "[",
        node.items.map((item) => print(item, indent + 2, roomAt(indent + 2))),
        "]",
        indent,
      );
    case "object":
      return block(
        "{",
        node.entries.map((entry) => printEntry(entry, indent + 2)),
        "}",
        indent,
      );
    case "call":
    case "new":
      return printCall(`${node.kind === "new" ? "new " : ""}${flat(node.of)}`, node.args, indent, room);
    default:
      return line;
  }
}

function printEntry(entry: Entry, indent: number): string {
  const head = headOf(entry);
  const value = "spread" in entry ? entry.spread : entry.value;
  return head + print(value, indent, roomAt(indent) - head.length);
}

/** An object or list at the end begins on the line of the call. */
function printCall(head: string, args: readonly Code[], indent: number, room: number): string {
  const last = args.at(-1);
  const before = args.slice(0, -1);
  const start = `${head}(${before.map((arg) => `${flat(arg)}, `).join("")}`;
  const hugs = last?.node.kind === "object" || last?.node.kind === "list";
  if (last && hugs && !before.some(breaks) && start.length + 1 <= room) {
    return `${start}${print(last, indent, room - start.length - 1)})`;
  }
  return block(
    `${head}(`,
    args.map((arg) => print(arg, indent + 2, roomAt(indent + 2))),
    ")",
    indent,
  );
}

function block(open: string, items: readonly string[], close: string, indent: number): string {
  if (items.length === 0) return open + close;
  const margin = " ".repeat(indent);
  return `${open}\n${items.map((item) => `${margin}  ${item},\n`).join("")}${margin}${close}`;
}

/** What a line offers beside its indentation and a comma. */
function roomAt(indent: number): number {
  return WIDTH - indent - 1;
}

/** Formatters write a list of objects on several lines, however short they are. */
function breaks(code: Code): boolean {
  const { node } = code;
  const manyOf = (item: Code) => partsOf(item).length > 1 && (isList(item) || isObject(item));
  const isTable =
    node.kind === "list" &&
    node.items.length > 1 &&
    (node.items.every((item) => isObject(item) && manyOf(item)) ||
      node.items.every((item) => isList(item) && manyOf(item)));
  return isTable || partsOf(code).some(breaks);
}

const isObject = ({ node }: Code) => node.kind === "object";
const isList = ({ node }: Code) => node.kind === "list";

function flat({ node }: Code): string {
  switch (node.kind) {
    case "value":
      return typeof node.value === "string" ? text(node.value) : String(node.value);
    case "name":
      return node.name;
    case "list":
      return `[${node.items.map(flat).join(", ")}]`;
    case "object":
      return node.entries.length === 0 ? "{}" : `{ ${node.entries.map(flatEntry).join(", ")} }`;
    case "member":
      return `${flat(node.of)}.${node.name}`;
    default:
      return `${node.kind === "new" ? "new " : ""}${flat(node.of)}(${node.args.map(flat).join(", ")})`;
  }
}

function flatEntry(entry: Entry): string {
  return headOf(entry) + flat("spread" in entry ? entry.spread : entry.value);
}

/** What stands before the value: nothing where a variable has the name of the property. */
function headOf(entry: Entry): string {
  if ("spread" in entry) return "...";
  const { node } = entry.value;
  return node.kind === "name" && node.name === entry.key ? "" : `${key(entry.key)}: `;
}

function key(name: string): string {
  // As it is, this one would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name);
}

/** Whatever ends a line, is not seen, or changes the order in which text is seen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string literal that reads back as the same text, in the quotes that need fewer escapes. */
export function text(value: string): string {
  const count = (quote: string) => value.split(quote).length;
  const quote = count('"') > count("'") ? "'" : '"';
  const escaped = value
    .replace(/\\/g, "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replace(INVISIBLE, (character) => SHORT[character] ?? escapeOf(character));
  return quote + escaped + quote;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Text of a file as a comment: it stays on its line, and hides nothing. */
export function comment(line: string): string {
  return `// ${line.replace(INVISIBLE, " ").trim()}`;
}
