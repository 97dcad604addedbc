import { stringify } from "yaml";
import { type IResolvable, type IResolveContext, Token } from "../engine";
import { containsLate, isLate } from "../plan/late";

/**
 * A YAML document as text. What holds late values is written by Terraform's own `yamlencode` at apply: put into a
 * text that is YAML already, a value with a colon or a line break in it would make another document of it.
 */
export function yamlText(document: unknown, head = ""): string {
  return containsLate(document) ? Token.asString(new LateYaml(document, head)) : head + yamlOf(document);
}

/** cloud-init reads YAML 1.1, to which `on`, `22:22` and `010` are no texts: these get quotes. */
function yamlOf(document: unknown): string {
  return stringify(document, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

class LateYaml implements IResolvable {
  readonly creationStack = [];

  constructor(
    private readonly document: unknown,
    private readonly head: string,
  ) {}

  resolve(context: IResolveContext): string {
    const resolved = context.resolve(this.document);
    // Some tokens stand for what is known now, once everything has been constructed.
    if (!containsLate(resolved)) return this.head + yamlOf(resolved);
    return `${this.head}\${yamlencode(${expression(resolved)})}`;
  }

  toString(): string {
    return Token.asString(this);
  }
}

/** A value in Terraform's language. */
function expression(value: unknown): string {
  if (typeof value === "string") return templateExpression(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{${pairs.map(([key, each]) => `${quoted(key)} = ${expression(each)}`).join(", ")}}`;
  }
  return String(value ?? null);
}

/** A text that is one interpolation and no more keeps the type of what it holds: a list, a number. */
function templateExpression(text: string): string {
  if (!isLate(text)) return quoted(text);
  const parts = partsOf(text);
  const [only] = parts;
  if (parts.length === 1 && only!.startsWith("${")) return only!.slice(2, -1);
  return `"${parts.map((part) => (isInterpolation(part) ? part : escaped(part))).join("")}"`;
}

const quoted = (text: string) => `"${escaped(text)}"`;

/** In a text of JSON a backslash is itself; between quotes of Terraform's language it escapes. */
function escaped(text: string): string {
  const plain = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return plain.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
}

const isInterpolation = (part: string) => part.startsWith("${") || part.startsWith("%{");

/** Splits a template into literal text and interpolations, whose braces and quotes may nest. */
function partsOf(template: string): string[] {
  const parts: string[] = [];
  let literal = "";
  for (let at = 0; at < template.length; ) {
    const two = template.slice(at, at + 2);
    if (two === "$$" || two === "%%") {
      // Escapes an interpolation when a brace follows, and is itself otherwise.
      const length = template[at + 2] === "{" ? 3 : 1;
      literal += template.slice(at, at + length);
      at += length;
    } else if (isInterpolation(two)) {
      const end = endOf(template, at + 2, "}");
      if (literal !== "") parts.push(literal);
      parts.push(template.slice(at, end));
      literal = "";
      at = end;
    } else {
      literal += template[at++];
    }
  }
  if (literal !== "") parts.push(literal);
  return parts;
}

/** Where an interpolation or a quoted text that has begun ends, its closing sign included. */
function endOf(template: string, from: number, closing: string): number {
  for (let at = from; at < template.length; at++) {
    const sign = template[at]!;
    if (sign === closing) return at + 1;
    if (closing === '"') {
      if (sign === "\\") at++;
      else if (isInterpolation(template.slice(at, at + 2))) at = endOf(template, at + 2, "}") - 1;
    } else if (sign === "{") at = endOf(template, at + 1, "}") - 1;
    else if (sign === '"') at = endOf(template, at + 1, '"') - 1;
  }
  return template.length;
}
