import { z } from "zod";
import { Memory } from "./memory";
import { closest } from "./plan/did-you-mean";
import { addPropIssues, type PropIssue } from "./plan/intent";
import { isLate } from "./plan/late";

/** A schema that lets late values through: what is known only at apply cannot be checked now. */
export function late<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.unknown().check((context) => {
    if (isLate(context.value)) return;
    const { error } = schema.safeParse(context.value);
    for (const issue of error?.issues ?? []) {
      context.issues.push({ ...issue, input: issue.input, path: [...issue.path] } as z.core.$ZodRawIssue);
    }
  }) as unknown as z.ZodType<T>;
}

/** A value that an own class makes; plain JavaScript may give anything. */
export function instance<T>(isInstance: (value: unknown) => value is T, expected: string): z.ZodType<T> {
  return z.custom<T>(isInstance, { error: `must be ${expected}` });
}

export const memory = instance(Memory.isMemory, "a Memory, such as Memory.gibibytes(2)");
/** A name that libvirt takes for a domain, network, pool or volume. */
export const libvirtName = late(
  z.string().regex(/^[^/\n]+$/, { error: "must be a name: not empty, without / and line breaks" }),
);
export const text = late(z.string());
export const flag = late(z.boolean());
export const wholeNumber = late(z.int({ error: "must be a whole number" }));
export const positiveNumber = late(
  z.int({ error: "must be a whole number" }).min(1, { error: "must be 1 or more" }),
);
export const absolutePath = late(z.string().startsWith("/", { error: "must be an absolute path" }));
/** Any construct or object that the type checker has seen; its own class checked it. */
export const reference = z.custom<object>((value) => typeof value === "object" && value !== null, {
  error: "is missing",
});

/**
 * Checks the props of a construct. What cannot be used is recorded on the construct, for the gate to report with
 * everything else that is wrong in the plan, and left out of the result: a constructor does not throw for it.
 */
export function checkProps<P extends object>(
  construct: object,
  schema: z.ZodObject,
  props: P,
  note: (issue: PropIssue) => void = (issue) => addPropIssues(construct, [issue]),
): P {
  const { error } = schema.safeParse(props ?? {});
  if (!error) return props;
  const usable = { ...props } as Record<string, unknown>;
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) note(unknownProp([...issue.path, key].map(String), key, schema));
      continue;
    }
    const [first] = issue.path;
    if (first !== undefined) delete usable[String(first)];
    const value = valueAt(props, issue.path);
    note({
      prop: path(issue.path),
      message: `${path(issue.path)} ${value === undefined ? "is missing" : `${explain(issue)}, not ${show(value)}`}`,
      fix: value === undefined ? `give ${path(issue.path)}` : `change ${path(issue.path)}`,
    });
  }
  return usable as P;
}

function unknownProp(at: string[], key: string, schema: z.ZodObject): PropIssue {
  const suggestion = at.length === 1 ? closest(key, Object.keys(schema.shape)) : undefined;
  return {
    prop: path(at),
    message: `${path(at)} is not a prop of this construct, so it would have no effect`,
    fix: suggestion ? `did you mean ${suggestion}?` : `remove ${path(at)}`,
  };
}

function explain(issue: z.core.$ZodIssue): string {
  const message = issue.message;
  return message.startsWith("must ") ? message : `must be ${"expected" in issue ? issue.expected : "valid"}`;
}

function path(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>(
    (text, segment) =>
      typeof segment === "number"
        ? `${text}[${segment}]`
        : text
          ? `${text}.${String(segment)}`
          : String(segment),
    "",
  );
}

function valueAt(value: unknown, segments: readonly PropertyKey[]): unknown {
  return segments.reduce<unknown>(
    (current, segment) => (current as Record<PropertyKey, unknown> | undefined)?.[segment],
    value,
  );
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null)
    return `an object of ${value.constructor?.name ?? "no class"}`;
  if (typeof value === "function") return "a function";
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
