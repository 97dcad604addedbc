/** An expression of TypeScript that can be printed, and also run as it is: what was tried is what is written. */
export class Code {
  constructor(readonly node: Node) {}
}

/** What an expression is. */
export type Node =
  | { readonly kind: "value"; readonly value: string | number | boolean | undefined }
  | { readonly kind: "list"; readonly items: readonly Code[] }
  | { readonly kind: "object"; readonly entries: readonly Entry[] }
  /** A variable, or what a package exports. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Code; readonly name: string }
  | { readonly kind: "call" | "new"; readonly of: Code; readonly args: readonly Code[] };

/** A property, or an object whose properties are taken over. */
export type Entry = { readonly key: string; readonly value: Code } | { readonly spread: Code };

/** A line of a program: `const name = value`, `target = value`, or something that is done. */
export type Statement =
  | { readonly kind: "const"; readonly name: string; readonly value: Code }
  | { readonly kind: "set"; readonly target: Code; readonly value: Code }
  | { readonly kind: "do"; readonly value: Code };

/** `a.b.c` */
export function path(text: string): Code {
  const [first, ...rest] = text.split(".");
  return rest.reduce((of, name) => member(of, name), new Code({ kind: "name", name: first! }));
}

export function member(of: Code, name: string): Code {
  return new Code({ kind: "member", of, name });
}

/** `a.b(…)`; arguments at the end that are undefined are left out. */
export function call(of: string | Code, ...args: readonly unknown[]): Code {
  return new Code({ kind: "call", of: typeof of === "string" ? path(of) : of, args: argumentsOf(args) });
}

/** `new A(…)` */
export function create(of: string, ...args: readonly unknown[]): Code {
  return new Code({ kind: "new", of: path(of), args: argumentsOf(args) });
}

/** Plain data, in which there may be code, as code; properties that are undefined are left out. */
export function data(value: unknown): Code {
  if (value instanceof Code) return value;
  if (Array.isArray(value)) return new Code({ kind: "list", items: value.map(data) });
  if (typeof value === "object" && value !== null) return object(value as Record<string, unknown>);
  return new Code({ kind: "value", value: value as string | number | boolean | undefined });
}

/** An object that takes over the properties of another one, if given, beside its own. */
export function object(properties: Readonly<Record<string, unknown>>, spread?: Code): Code {
  const entries: Entry[] = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value: data(value) }));
  return new Code({ kind: "object", entries: spread ? [{ spread }, ...entries] : entries });
}

function argumentsOf(args: readonly unknown[]): Code[] {
  const given = args.findLastIndex((each) => each !== undefined);
  return args.slice(0, given + 1).map(data);
}

/** What is below an expression. */
export function partsOf({ node }: Code): readonly Code[] {
  switch (node.kind) {
    case "value":
    case "name":
      return [];
    case "list":
      return node.items;
    case "object":
      return node.entries.map((entry) => ("spread" in entry ? entry.spread : entry.value));
    case "member":
      return [node.of];
    default:
      return [node.of, ...node.args];
  }
}

/** The variables and exports that an expression needs. */
export function namesIn(code: Code, into: Set<string> = new Set()): Set<string> {
  if (code.node.kind === "name") into.add(code.node.name);
  for (const part of partsOf(code)) namesIn(part, into);
  return into;
}

/** Whatever a statement needs, but for the name that it gives. */
export function namesInStatement(statement: Statement, into: Set<string> = new Set()): Set<string> {
  if (statement.kind === "set") namesIn(statement.target, into);
  return namesIn(statement.value, into);
}
