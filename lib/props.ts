import { z } from "zod";
import { Memory } from "./memory";
import { closest } from "./plan/did-you-mean";
import type { PropIssue } from "./plan/intent";
import { isLate } from "./plan/late";
import { maskValue } from "./plan/secrets";

/** Hands on what a schema finds wrong. Written as a check, since a union or a refinement would hide the path. */
function forward(schema: z.ZodType, context: z.core.ParsePayload): void {
  const { error } = schema.safeParse(context.value);
  for (const issue of error?.issues ?? []) {
    context.issues.push({ ...issue, input: issue.input, path: [...issue.path] } as z.core.$ZodRawIssue);
  }
}

/** A schema that asks for nothing where a value is excused. */
function unless<T>(excused: (value: unknown) => boolean, schema: z.ZodType<T>): z.ZodType<T> {
  return z.unknown().check((context) => {
    if (!excused(context.value)) forward(schema, context);
  }) as unknown as z.ZodType<T>;
}

/** A schema that lets late values through: what is known only at apply cannot be checked now. */
export function late<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return unless(isLateScalar, schema);
}

/** The same of a list. */
export function lateList<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return unless((value) => (Array.isArray(value) ? isLate(value) : isLateScalar(value)), schema);
}

/** The same of an object with keys that are anybody's. */
export function lateMap<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return unless((value) => isLate(value) && !Array.isArray(value), schema);
}

/** The encoded tokens of lists and maps stand for nothing that a scalar could be, and cannot be part of a text. */
function isLateScalar(value: unknown): boolean {
  return isLate(value) && (typeof value !== "object" || isResolvable(value));
}

function isResolvable(value: unknown): boolean {
  return typeof (value as { resolve?: unknown }).resolve === "function";
}

/** A schema for what decides which resources there are, or of what kind: a late value comes too late for it. */
export function literal<T>(schema: z.ZodType<T>, why: string): z.ZodType<T> {
  return z.unknown().check((context) => {
    const { value } = context;
    if (!isLate(value)) forward(schema, context);
    else context.issues.push({ code: "custom", input: value, message: `${KNOWN_AT_SYNTH}: ${why}` });
  }) as unknown as z.ZodType<T>;
}

const KNOWN_AT_SYNTH = "must be known at synth";

/** The props of an object that may also be switched off with `false`. */
export function orFalse<T>(schema: z.ZodType<T>): z.ZodType<T | false> {
  return unless((value) => value === false, schema);
}

/** One of these words, or a late value. */
export function oneOf<const T extends string>(...words: readonly T[]): z.ZodType<T> {
  return late(choice(...words));
}

/** One of these words, known now. */
export function choice<const T extends string>(...words: readonly T[]): z.ZodType<T> {
  return z.enum(words, { error: `must be ${words.map((word) => `"${word}"`).join(" or ")}` });
}

/** Gives an object that no class makes what was found wrong in the arguments that it was made of. */
export function withIssues<T extends object>(value: T, issues: readonly PropIssue[]): T {
  return issues.length > 0 ? Object.defineProperty(value, "issues", { value: issues }) : value;
}

/** An object of a class that checks its own arguments when it is made. */
interface Checked {
  readonly issues?: readonly PropIssue[];
}

/**
 * A value that an own class makes; plain JavaScript may give anything. What the class found wrong in its own
 * arguments is reported by the construct that takes the value, under its own prop.
 */
export function instance<T>(isInstance: (value: unknown) => value is T, expected: string): z.ZodType<T> {
  return z.unknown().check((context) => {
    const { value } = context;
    if (!isInstance(value)) {
      context.issues.push({ code: "custom", input: value, message: `must be ${expected}` });
      return;
    }
    for (const issue of (value as Checked).issues ?? []) {
      context.issues.push({ code: "custom", input: value, message: issue.message, params: { issue } });
    }
  }) as unknown as z.ZodType<T>;
}

export const memory = instance(Memory.isMemory, "a Memory, such as Memory.gibibytes(2)");
/** A name that libvirt takes for a domain, network, pool or volume. */
export const libvirtName = late(
  z.string().regex(/^[^/\n]+$/, { error: "must be a name: not empty, without / and line breaks" }),
);
export const text = late(z.string({ error: "must be text" }));
export const flag = late(z.boolean({ error: "must be true or false" }));
export const wholeNumber = late(z.int({ error: "must be a whole number" }));
export const positiveNumber = late(
  z.int({ error: "must be a whole number, 1 or more" }).min(1, { error: "must be 1 or more" }),
);
export const absolutePath = late(
  z.string({ error: "must be an absolute path" }).startsWith("/", { error: "must be an absolute path" }),
);

/** Whether a value is text, or will be at apply. */
export function isText(value: unknown): value is string {
  return typeof value === "string" || isLateScalar(value);
}

/** What a check leaves, and what is wrong with the rest. */
export interface CheckedProps<P> {
  /** The props without those that cannot be used. */
  readonly usable: P;
  readonly issues: readonly PropIssue[];
}

/**
 * Checks the props of a construct, or the arguments of a value class. Never throws, whatever it is given: what
 * cannot be used is left out, and the gate reports it with everything else that is wrong in the plan.
 */
export function check<P extends object>(schema: z.ZodObject, given: P): CheckedProps<P> {
  const issues: PropIssue[] = [];
  const props = isObject(given) ? given : ({} as P);
  if (props !== given && given !== undefined && given !== null) {
    issues.push({ prop: "props", message: `must be an object, not ${show(given)}`, fix: "give an object" });
  }
  const { error } = schema.safeParse(props);
  if (!error) return { usable: props, issues };

  const usable = { ...props } as Record<string, unknown>;
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        issues.push(unknownProp(schema, issue.path, key));
        if (issue.path.length === 0) delete usable[key];
      }
      continue;
    }
    const inner = issue.code === "custom" ? (issue.params?.issue as PropIssue | undefined) : undefined;
    // A value of which an argument is wrong has left that argument out by itself.
    if (!inner?.prop) remove(usable, issue.path);
    if (inner) issues.push({ ...inner, prop: join(path(issue.path), inner.prop) });
    else issues.push(wrongProp(path(issue.path), issue, valueAt(props, issue.path)));
  }
  for (const [key, value] of Object.entries(usable)) {
    if (Array.isArray(value)) usable[key] = value.filter((element) => element !== REMOVED);
  }
  return { usable: usable as P, issues };
}

const REMOVED = Symbol("removed");

/** Takes out what is wrong and no more: of a list the one element, of an object within the props the whole. */
function remove(usable: Record<string, unknown>, [first, index]: readonly PropertyKey[]): void {
  if (first === undefined) return;
  const key = String(first);
  const list = usable[key];
  if (typeof index === "number" && Array.isArray(list)) {
    usable[key] = list.map((element, at) => (at === index ? REMOVED : element));
  } else {
    delete usable[key];
  }
}

/** Where users put a password, if only by mistake. */
const SECRET = /(?:^|\.)(?:user|passw\w*)$/i;

function wrongProp(prop: string, issue: z.core.$ZodIssue, value: unknown): PropIssue {
  const expected = explain(issue);
  if (value === undefined) {
    return { prop, message: "must be given", fix: `give ${prop}: ${expected.replace(/^must be /, "")}` };
  }
  return {
    prop,
    message: isLate(value) || SECRET.test(prop) ? expected : `${expected}, not ${show(value)}`,
    fix: expected.startsWith(KNOWN_AT_SYNTH) ? `give ${prop} a value of the program` : `change ${prop}`,
  };
}

function unknownProp(schema: z.ZodObject, at: readonly PropertyKey[], key: string): PropIssue {
  const prop = path([...at, key]);
  const known = keysAt(schema, at);
  const suggestion = closest(key, known);
  return {
    prop,
    message: "is not known here, so it would have no effect",
    fix: suggestion ? `did you mean ${suggestion}?` : `remove it, or use one of: ${known.join(", ")}`,
  };
}

/** The props that the schema knows at a path. */
function keysAt(schema: z.ZodType, [step, ...rest]: readonly PropertyKey[]): string[] {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (!(inner instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(inner.shape);
  const next = inner.shape[String(step)] as z.ZodType | undefined;
  return next ? keysAt(next, rest) : [];
}

const EXPECTED: Readonly<Record<string, string>> = {
  array: "a list",
  object: "an object",
  string: "text",
  boolean: "true or false",
};

function explain(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith("must ")) return issue.message;
  return `must be ${"expected" in issue ? (EXPECTED[issue.expected] ?? `a ${issue.expected}`) : "valid"}`;
}

function join(outer: string, inner: string): string {
  return outer === "" || inner === "" ? outer + inner : `${outer}.${inner}`;
}

function path(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>(
    (text, segment) => (typeof segment === "number" ? `${text}[${segment}]` : join(text, String(segment))),
    "",
  );
}

function valueAt(value: unknown, segments: readonly PropertyKey[]): unknown {
  return segments.reduce<unknown>(
    (current, segment) => (current as Record<PropertyKey, unknown> | undefined | null)?.[segment],
    value,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a message: short, and of an object its class alone, since it may hold secrets. */
export function show(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (typeof value === "object") {
    const name: unknown = value.constructor?.name;
    return typeof name === "string" && name !== "Object" && name !== ""
      ? `an object of ${name}`
      : "an object";
  }
  const shown = typeof value === "string" ? JSON.stringify(maskValue(value)) : String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
