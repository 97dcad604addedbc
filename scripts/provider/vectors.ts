import type { ProviderSchema, SchemaAttribute } from "./schema";

/**
 * What the provider writes as XML for one attribute. Recorded in `provider-data`: `vectors.jsonl` has a sample for
 * each leaf, `siblings.jsonl` the same with what the leaf needs beside it, where it is dropped alone, and `empty.jsonl`
 * objects without attributes, zeros that are not sent and empty texts that are. The latter two come from the
 * provider's own conversion and libvirtxml 1.11007.0, which it is built with.
 */
export interface Vector {
  readonly resource: string;
  /** `devices.disks[0].source.file.file` */
  readonly path: string;
  readonly value: unknown;
  readonly xml: string;
  /** Written only beside others. */
  readonly needsSibling?: boolean;
  /** These, by path; null when nothing helps. */
  readonly siblings?: Readonly<Record<string, unknown>> | null;
}

export function parseVectors(text: string): Vector[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Vector);
}

/** Vectors and schema come from the same provider: a path that only one of them has means that one is wrong. */
export function checkVectors(
  schema: ProviderSchema,
  vectors: readonly Pick<Vector, "resource" | "path">[],
): void {
  const unknown = vectors.filter(({ resource, path }) => !hasPath(schema.resources.get(resource), path));
  if (unknown.length > 0) {
    const paths = unknown.map(({ resource, path }) => `${resource}.${path}`).join(", ");
    throw new Error(`the schema lacks ${unknown.length} paths of the XML vectors: ${paths}`);
  }
}

function hasPath(attributes: readonly SchemaAttribute[] | undefined, path: string): boolean {
  const [step, ...rest] = path.split(".");
  const [, name, index] = /^(\w+)(\[0\])?$/.exec(step!) ?? [];
  const type = attributes?.find((attribute) => attribute.name === name)?.type;
  if (type === undefined) return false;
  const isList = type.kind !== "scalar" && type.kind !== "object";
  if (isList !== (index !== undefined)) return false;
  if (type.kind === "object" || type.kind === "objectList") {
    return rest.length === 0 || hasPath(type.attributes, rest.join("."));
  }
  return rest.length === 0;
}
