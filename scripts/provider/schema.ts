import { readFileSync } from "node:fs";

/** What the user gave cannot be used; the message says why and needs no stack trace. */
export class InputError extends Error {}

export type Scalar = "string" | "number" | "bool";
export type Mode = "required" | "optional" | "readOnly" | "optionalComputed";
export type LeafType =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "list" | "set"; readonly element: Scalar };
export type SchemaType =
  | LeafType
  | { readonly kind: "object" | "objectList"; readonly attributes: readonly SchemaAttribute[] };

export interface SchemaAttribute {
  readonly name: string;
  readonly mode: Mode;
  readonly type: SchemaType;
}

/** The part of a provider schema that the bindings are made from; attributes are sorted by name. */
export interface ProviderSchema {
  readonly provider: readonly SchemaAttribute[];
  readonly resources: ReadonlyMap<string, readonly SchemaAttribute[]>;
  readonly dataSources: ReadonlyMap<string, readonly SchemaAttribute[]>;
}

interface RawAttribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes?: RawAttributes; readonly nesting_mode?: string };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}
type RawAttributes = Readonly<Record<string, RawAttribute>>;
interface RawBlock {
  readonly block?: { readonly attributes?: RawAttributes; readonly block_types?: object };
}
interface RawProvider {
  readonly provider?: RawBlock;
  readonly resource_schemas?: Readonly<Record<string, RawBlock>>;
  readonly data_source_schemas?: Readonly<Record<string, RawBlock>>;
}

const source = "dmacvicar/libvirt";

/** Reads the output of `terraform providers schema -json`. */
export function readProviderSchema(file: string): ProviderSchema {
  const raw = readRawProvider(file);
  return {
    provider: attributesOfBlock(raw.provider ?? {}, "provider"),
    resources: readBlocks(raw.resource_schemas),
    dataSources: readBlocks(raw.data_source_schemas),
  };
}

function readRawProvider(file: string): RawProvider {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`cannot read the schema: ${(error as Error).message}`);
  }
  let schemas: unknown;
  try {
    schemas = (JSON.parse(text) as { provider_schemas?: unknown } | null)?.provider_schemas;
  } catch {
    throw new InputError(`${file} is not JSON; expected the output of "terraform providers schema -json"`);
  }
  if (typeof schemas !== "object" || schemas === null) {
    throw new InputError(
      `${file} has no "provider_schemas"; expected the output of "terraform providers schema -json"`,
    );
  }
  const address = Object.keys(schemas).find((key) => key === source || key.endsWith(`/${source}`));
  if (address === undefined) {
    const found = Object.keys(schemas).join(", ") || "no provider";
    throw new InputError(`${file} has no schema of ${source}; it describes ${found}`);
  }
  return (schemas as Record<string, RawProvider>)[address]!;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

function readBlocks(
  blocks: Readonly<Record<string, RawBlock>> = {},
): ReadonlyMap<string, readonly SchemaAttribute[]> {
  return new Map(
    Object.entries(blocks)
      .sort(byName)
      .map(([type, block]) => [type, attributesOfBlock(block, type)]),
  );
}

function attributesOfBlock({ block = {} }: RawBlock, path: string): SchemaAttribute[] {
  if (Object.keys(block.block_types ?? {}).length > 0) {
    throw new InputError(`${path} has nested blocks; the bindings know nested attributes only`);
  }
  return readAttributes(block.attributes, path);
}

/** An empty nested type has no `attributes` key at all. */
function readAttributes(attributes: RawAttributes = {}, path: string): SchemaAttribute[] {
  return Object.entries(attributes)
    .sort(byName)
    .map(([name, raw]) => ({ name, mode: readMode(raw), type: readType(raw, `${path}.${name}`) }));
}

function readMode({ required, optional, computed }: RawAttribute): Mode {
  if (required) return "required";
  if (optional) return computed ? "optionalComputed" : "optional";
  return "readOnly";
}

const isScalar = (type: unknown): type is Scalar => type === "string" || type === "number" || type === "bool";

function readType({ type, nested_type: nested }: RawAttribute, path: string): SchemaType {
  if (isScalar(type)) return { kind: "scalar", scalar: type };
  if (Array.isArray(type) && (type[0] === "list" || type[0] === "set") && isScalar(type[1])) {
    return { kind: type[0], element: type[1] };
  }
  if (nested?.nesting_mode === "single" || nested?.nesting_mode === "list") {
    return {
      kind: nested.nesting_mode === "single" ? "object" : "objectList",
      attributes: readAttributes(nested.attributes, path),
    };
  }
  throw new InputError(`${path} has a type that the bindings do not know: ${JSON.stringify(type ?? nested)}`);
}
