import { type IResolvable, type IResolveContext, Token } from "./engine";
import { containsLate, isLate } from "./plan/late";

/** How a value is derived from another one, now or at apply. */
export interface Derivation<T> {
  /** Of a value that is known, if only once the engine has resolved it. */
  known(value: T): unknown;
  /** In Terraform's language, of the expression that the value is. */
  late(expression: string): string;
}

/**
 * A token for what is derived from a value that may be late. A text around the value's own token would not do: the
 * engine writes a token within an expression without quotes, and the library cannot tell what it stands for.
 */
export function derived<T>(value: unknown, derivation: Derivation<T>): IResolvable {
  return new Derived(value, derivation as Derivation<unknown>);
}

export function derivedText<T>(value: unknown, derivation: Derivation<T>): string {
  return Token.asString(derived(value, derivation));
}

class Derived implements IResolvable {
  readonly creationStack = [];

  constructor(
    private readonly value: unknown,
    private readonly derivation: Derivation<unknown>,
  ) {}

  resolve(context: IResolveContext): unknown {
    const resolved = context.resolve(this.value);
    if (!containsLate(resolved)) return this.derivation.known(resolved);
    const expression = this.derivation.late(expressionOf(resolved));
    return context.suppressBraces ? expression : `\${${expression}}`;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-derivation>";
  }
}

/** A resolved value in Terraform's language. */
export function expressionOf(value: unknown): string {
  if (typeof value === "string") return templateExpression(value);
  if (Array.isArray(value)) return `[${value.map(expressionOf).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{${pairs.map(([key, each]) => `${quoted(key)} = ${expressionOf(each)}`).join(", ")}}`;
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
