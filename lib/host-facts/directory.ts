import type { HostFactsData } from "./facts";

/** Reads a folder of captures. */
export function readDirectory(path: string): HostFactsData {
  return { source: path };
}
