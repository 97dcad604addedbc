interface Problem {
  readonly instancePath: string;
  readonly message?: string;
}

type Validate = ((data: unknown) => boolean) & { readonly errors?: readonly Problem[] | null };

const compiled = new Map<object, Validate>();

/** What a JSON Schema, of draft 4 or 2020-12, has against a value; empty when it is valid. */
export function jsonSchemaErrors(schema: object, value: unknown): string[] {
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  validate(value);
  return (validate.errors ?? [])
    .slice(0, 10)
    .map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

function compile(schema: object): Validate {
  const draft = (schema as { $schema?: string }).$schema ?? "";
  const Ajv = require(draft.includes("2020-12") ? "ajv/dist/2020" : "ajv-draft-04").default;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  require("ajv-formats").default(ajv);
  return ajv.compile(schema);
}
