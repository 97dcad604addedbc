/** The schema that `terraform providers schema -json` recorded, and the same in the messages of the protocol. */

export type CtyType = string | [collection: "list" | "set" | "map", element: CtyType];

export interface Attribute {
  type?: CtyType;
  /** An object that the provider declares without attributes has no `attributes` key at all. */
  nested_type?: { attributes?: Attributes; nesting_mode: "single" | "list" | "set" | "map" };
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
}

export type Attributes = Record<string, Attribute>;

/** The recorded schema has attributes only: blocks (`block_types`) are a thing of older providers. */
export interface Schema {
  version: number;
  block: { attributes?: Attributes };
}

export interface RecordedSchema {
  provider: Schema;
  resource_schemas: Record<string, Schema>;
  data_source_schemas: Record<string, Schema>;
}

/** The one provider of a recording. */
export function parseRecording(json: string): RecordedSchema {
  const { provider_schemas } = JSON.parse(json) as { provider_schemas: Record<string, RecordedSchema> };
  const [schema, ...others] = Object.values(provider_schemas);
  if (schema === undefined || others.length > 0) throw new Error("a recording holds exactly one provider");
  return schema;
}

export function toMessage(schema: RecordedSchema): object {
  return {
    provider: schemaMessage(schema.provider),
    resourceSchemas: mapValues(schema.resource_schemas, schemaMessage),
    dataSourceSchemas: mapValues(schema.data_source_schemas, schemaMessage),
    // Terraform then asks for the schema once in a command, not once in each process of the provider.
    serverCapabilities: { getProviderSchemaOptional: true },
  };
}

function schemaMessage({ version, block }: Schema): object {
  return { version, block: { version, attributes: attributeMessages(block.attributes) } };
}

function attributeMessages(attributes: Attributes = {}): object[] {
  return Object.entries(attributes).map(([name, { type, nested_type, ...flags }]) => ({
    name,
    ...flags,
    ...(type !== undefined && { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested_type && {
      nestedType: {
        attributes: attributeMessages(nested_type.attributes),
        nesting: nested_type.nesting_mode.toUpperCase(),
      },
    }),
  }));
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
