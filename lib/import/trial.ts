import { tmpdir } from "node:os";
import type { IConstruct } from "constructs";
import { readXml, writeXml, type XmlKind } from "../domain-xml";
import { App, TerraformStack } from "../engine";
import { tokenEngine } from "../gate/token-engine";
import * as constructs from "../index";
import { buildPlan } from "../plan/build";
import { readStack } from "../plan/construct-reader";
import type { PlanResource } from "../plan/resource";
import * as bindings from "../provider";
import type { Code, Entry, Statement } from "./code";

type Config = Readonly<Record<string, unknown>>;

/** Statements that make one construct. */
export interface Candidate {
  readonly kind: XmlKind;
  /** The construct's id. */
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** What came of a candidate: the configuration that libvirt would see, or why there is none. */
export type Tried = { readonly config: Config } | { readonly refused: string };

/**
 * Runs the statements of constructs in memory, and reads what they come to as the gate does at synth.
 *
 * @param before what the candidates refer to, which is known to run
 */
export function tryOut(before: readonly Statement[], candidates: readonly Candidate[]): Tried[] {
  // An app makes its folder, and nothing else before it is synthesized.
  const app = new App({ outdir: tmpdir() });
  const stack = new TerraformStack(app, "trial");
  const scope = new Map<string, unknown>([["stack", stack]]);
  for (const statement of before) runStatement(statement, scope);
  const failures = candidates.map(({ id, statements }) => {
    try {
      for (const statement of statements) runStatement(statement, scope);
      return undefined;
    } catch (error) {
      stack.node.tryRemoveChild(id);
      return (error as Error).message;
    }
  });
  const made = resourcesOf(stack);
  return candidates.map((candidate, index) => {
    const failure = failures[index];
    return failure === undefined ? result(candidate, made.get(candidate.id) ?? []) : { refused: failure };
  });
}

/** The resources of the stack by the construct of the program that they belong to. */
function resourcesOf(stack: IConstruct): Map<string, PlanResource<unknown>[]> {
  const made = new Map<string, PlanResource<unknown>[]>();
  for (const resource of buildPlan(readStack(stack, tokenEngine)).resources) {
    const id = resource.constructPath?.split("/")[1] ?? "";
    made.set(id, [...(made.get(id) ?? []), resource]);
  }
  return made;
}

function result({ kind }: Candidate, made: readonly PlanResource<unknown>[]): Tried {
  const [resource] = made;
  if (made.length !== 1 || resource!.type !== `libvirt_${kind}`)
    return { refused: `it makes ${made.length} resources` };
  const [issue] = resource!.raw.propIssues ?? [];
  if (issue !== undefined) return { refused: `${issue.prop} ${issue.message}` };
  return { config: asXml(kind, unescaped(resource!.config) as Config) };
}

/** What of a configuration is in the XML. */
export function asXml(kind: XmlKind, config: Config): Config {
  return readXml(writeXml(kind, config)).config;
}

/** A configuration as libvirt gets it: Terraform takes the second sign of what is no expression away. */
function unescaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])\1(?=\{)/g, "$1");
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unescaped(each)]));
}

const EXPORTS: Readonly<Record<string, unknown>> = {
  ...constructs,
  ...{
    Domain: bindings.Domain,
    Network: bindings.Network,
    Pool: bindings.Pool,
    VolumeResource: bindings.Volume,
  },
};

function runStatement(statement: Statement, scope: Map<string, unknown>): void {
  if (statement.kind === "const") scope.set(statement.name, run(statement.value, scope));
  else if (statement.kind === "do") run(statement.value, scope);
  else {
    const { node } = statement.target;
    if (node.kind !== "member") throw new TypeError("only members can be set");
    Reflect.set(run(node.of, scope) as object, node.name, run(statement.value, scope));
  }
}

function run({ node }: Code, scope: ReadonlyMap<string, unknown>): unknown {
  switch (node.kind) {
    case "value":
      return node.value;
    case "name":
      return scope.has(node.name) ? scope.get(node.name) : EXPORTS[node.name];
    case "list":
      return node.items.map((item) => run(item, scope));
    case "object":
      return Object.fromEntries(node.entries.flatMap((entry) => properties(entry, scope)));
    case "member":
      return (run(node.of, scope) as Record<string, unknown>)[node.name];
    case "new":
      return Reflect.construct(
        run(node.of, scope) as new () => unknown,
        node.args.map((arg) => run(arg, scope)),
      );
    case "call": {
      const { of } = node;
      const receiver = of.node.kind === "member" ? run(of.node.of, scope) : undefined;
      return Reflect.apply(
        run(of, scope) as () => unknown,
        receiver,
        node.args.map((arg) => run(arg, scope)),
      );
    }
  }
}

function properties(entry: Entry, scope: ReadonlyMap<string, unknown>): [string, unknown][] {
  if ("spread" in entry) return Object.entries((run(entry.spread, scope) ?? {}) as object);
  return [[entry.key, run(entry.value, scope)]];
}
