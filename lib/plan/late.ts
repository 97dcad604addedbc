/**
 * A value that is known only when Terraform applies: an engine token, or a Terraform expression in a string.
 * Inside a Plan every late value is a string that holds `${…}`; props may also hold raw engine tokens.
 */
export type Late = string & { readonly __late: "known only at apply" };

/** Number tokens are encoded near the end of the double range (-8e298); no quantity here comes close. */
const NUMBER_TOKEN_MAGNITUDE = 1e200;
/** `${…}` and `%{…}`, but not their escapes `$${…}` and `%%{…}`; `#{TfToken[` marks an encoded list. */
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{|#\{TfToken\[/;
/** What JavaScript makes of `web${count.index}`: web-8.109562212591379e+298. */
const NUMBER_IN_TEXT = /-8\.\d+e\+298/;
/** An encoded map has a single key of this form. */
const MAP_TOKEN = /^&\{TfToken\[/;
/** Marks the object that stands in a Plan for one that is late as a whole. */
export const WHOLLY_LATE: unique symbol = Symbol.for("virt-constructs/wholly-late");

/**
 * Whether a value, taken as a whole, is known only at apply. Written without the engine, so that it works on
 * either engine and in code that must start fast. An object or list that merely contains a late value is not late.
 */
export function isLate(value: unknown): value is Late {
  switch (typeof value) {
    case "string":
      // Most texts hold no brace, and this is asked of every text of a plan.
      return (value.includes("{") && EXPRESSION.test(value)) || holdsNumberToken(value);
    case "number":
      return Number.isFinite(value) && Math.abs(value) > NUMBER_TOKEN_MAGNITUDE;
    case "object": {
      if (value === null) return false;
      if (Array.isArray(value)) return value.length === 1 && isListToken(value[0]);
      if (typeof (value as { resolve?: unknown }).resolve === "function") return true;
      if ((value as { [WHOLLY_LATE]?: true })[WHOLLY_LATE]) return true;
      return isMapToken(value);
    }
    default:
      return false;
  }
}

function isMapToken(value: object): boolean {
  let found = false;
  for (const key in value) {
    if (found || !MAP_TOKEN.test(key)) return false;
    found = true;
  }
  return found;
}

/** Whether JavaScript made a number token a part of this text. */
export function holdsNumberToken(text: string): boolean {
  // One character is found many times faster than several.
  return text.includes("+") && text.includes("e+298") && NUMBER_IN_TEXT.test(text);
}

function isListToken(element: unknown): boolean {
  if (typeof element === "number") return isLate(element);
  return typeof element === "string" && element.startsWith("#{TfToken[");
}

/** Whether a value is late or contains a late value at any depth. */
export function containsLate(value: unknown): boolean {
  if (isLate(value)) return true;
  if (Array.isArray(value)) return value.some(containsLate);
  if (typeof value === "object" && value !== null) return Object.values(value).some(containsLate);
  return false;
}

/** The value when it is a literal; undefined when it is absent or late. */
export function known<T>(value: T | Late | undefined | null): T | undefined {
  return value === undefined || value === null || isLate(value) ? undefined : (value as T);
}

/**
 * The configuration of the provider as the Plan holds it: every scalar may be late, every engine type is gone.
 * A whole object or list that is late appears as an object whose every attribute is late.
 */
export type Planned<T> = T extends string
  ? string
  : T extends number | boolean
    ? T | Late
    : T extends readonly (infer Element)[]
      ? readonly Planned<Element>[]
      : T extends { resolve(context: never): unknown }
        ? never
        : T extends object
          ? { readonly [Key in keyof T]: Planned<T[Key]> }
          : T;
