import path from "node:path";
import { hostFactsJsonSchema } from "../lib/host-facts/schema";

const FILE = path.resolve(__dirname, "../docs/schemas/host-facts.schema.json");

/** The JSON Schema of a file of host facts, by the absolute path where it is published. */
export function generateHostFactsSchema(): ReadonlyMap<string, string> {
  return new Map([[FILE, `${JSON.stringify(hostFactsJsonSchema(), undefined, 2)}\n`]]);
}
