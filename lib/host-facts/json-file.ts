import type { z } from "zod";
import { closest } from "../plan/did-you-mean";
import { HostFactsError } from "./error";
import type { HostFactsData } from "./facts";
import { readText } from "./read-file";

const FIX =
  "write it with JSON.stringify(facts), or by hand after docs/schemas/host-facts.schema.json; " +
  "a folder of captures is read by HostFacts.fromDirectory";
const MAX_PROBLEMS = 3;

/** Reads and checks one JSON file of facts. */
export function readJsonFile(path: string): HostFactsData {
  const text = readText(path, FIX);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HostFactsError(path, `is not JSON (${(error as Error).message})`, FIX);
  }
  return parseFacts(value, path);
}

/** Checks a value of unknown shape. */
export function parseFacts(value: unknown, source?: string): HostFactsData {
  const { hostFactsSchema } = require("./schema") as typeof import("./schema");
  const result = hostFactsSchema.safeParse(value);
  if (!result.success) {
    throw new HostFactsError(source ?? "(from JSON)", problems(result.error.issues), FIX);
  }
  const { $schema, ...facts } = result.data;
  return { ...facts, source: source ?? facts.source ?? "(from JSON)" };
}

type Issue = z.core.$ZodIssue;

function problems(issues: readonly Issue[]): string {
  const shown = issues.slice(0, MAX_PROBLEMS).map(problem);
  const more = issues.length - shown.length;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function problem(issue: Issue): string {
  const place = issue.path.length === 0 ? "the top level" : issue.path.join(".").slice(0, 100);
  if (issue.code !== "unrecognized_keys") return `at ${place}: ${issue.message}`;
  const keys = issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
    const meant = key.length <= 64 ? closest(key, keysAt(issue.path)) : undefined;
    return `"${key.slice(0, 64)}"${meant === undefined ? "" : ` (did you mean "${meant}"?)`}`;
  });
  return `at ${place}: unknown key ${keys.join(", ")}`;
}

/** The keys that the schema knows at a place of the data. */
function keysAt(path: Issue["path"]): readonly string[] {
  const { hostFactsJsonSchema } = require("./schema") as typeof import("./schema");
  type Node = {
    readonly properties?: Readonly<Record<string, Node>>;
    readonly items?: Node;
    readonly additionalProperties?: Node | false;
  };
  const node = path.reduce<Node | undefined>(
    (parent, step) =>
      typeof step === "number"
        ? parent?.items
        : (parent?.properties?.[String(step)] ?? (parent?.additionalProperties || undefined)),
    hostFactsJsonSchema(),
  );
  return Object.keys(node?.properties ?? {});
}
