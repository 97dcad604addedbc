import { dirname } from "node:path";
import { asDefined, type PlacedDocument } from "../domain-xml";
import type { ImportedResource } from "./resource";

type Config = Readonly<Record<string, unknown>>;

/** What documents of one host become. Of a volume, the folder that it lies in tells the pool. */
export function resourcesOfXml(documents: readonly PlacedDocument[]): ImportedResource[] {
  const pools = new Map(
    documents
      .filter(({ kind }) => kind === "pool")
      .map(({ config }) => [(config.target as { path?: string } | undefined)?.path, config.name]),
  );
  return documents.map(({ kind, config, readOnly, lost, file }) => {
    const { uuid } = readOnly;
    const common = { kind, lost, from: file, ...(typeof uuid === "string" && { importId: uuid }) };
    if (kind === "volume") {
      const path = (readOnly.target as { path?: string } | undefined)?.path;
      const pool = config.pool ?? (path === undefined ? undefined : pools.get(dirname(path)));
      return { ...common, config: { ...config, pool }, exists: true, path };
    }
    const runs = kind === "domain" && "id" in readOnly;
    return {
      ...common,
      config: runs ? asDefined(config) : (config as Config),
      ...(runs && { running: true }),
    };
  });
}

/** What runs the guests that documents tell of. */
export function hypervisorOfXml(documents: readonly PlacedDocument[]): "kvm" | "xen" {
  return documents.some(({ kind, config }) => kind === "domain" && config.type === "xen") ? "xen" : "kvm";
}
