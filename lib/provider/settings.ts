import { Tokenization } from "../engine";
import { isLiteral } from "./literal";
import type { AttributeType, ObjectType, Scalar } from "./table";

/** A configuration as the user wrote it, with camel-case keys. */
export type Config = Readonly<Record<string, unknown>>;
type Attributes = Record<string, unknown>;

/** The configuration of one element, and what Terraform gets of it. */
export class Settings {
  private mapped: Attributes | undefined;
  private literal: boolean | undefined;

  constructor(
    readonly type: ObjectType,
    private values: Config,
    /** Rewrites a text that holds tokens, for the JSON output. */
    private readonly rewrite: (text: string) => string = (text) => text,
  ) {}

  private readonly json: Format = (_, value) =>
    typeof value === "string" && value.includes("TfToken[") ? this.rewrite(value) : value;

  get config(): Config {
    return this.values;
  }

  set(key: string, value: unknown): void {
    this.values = { ...this.values, [key]: value };
    this.mapped = undefined;
    this.literal = undefined;
  }

  /** Mapped once, since one synth asks two or three times; not to be changed. */
  get terraform(): Attributes {
    this.mapped ??= this.toTerraform();
    return this.mapped;
  }

  /** Whether no attribute holds a token. */
  get isLiteral(): boolean {
    this.literal ??= isLiteral(this.terraform);
    return this.literal;
  }

  toTerraform(): Attributes {
    return mapObject(this.type, this.values, this.json);
  }

  toHclTerraform(): Attributes {
    return mapObject(this.type, this.values, hcl);
  }
}

/** How one mapped value appears in the output. */
type Format = (type: AttributeType, value: unknown) => unknown;

/**
 * `cdktf synth --hcl` prints what it is told the type of. Nested attributes are arguments (`os = {}`); what
 * `cdktf get` generates prints them as blocks (`os {}`), which Terraform refuses. The engine writes an argument
 * that holds an object only for the type "list".
 */
const hcl: Format = (type, value) => {
  switch (type.kind) {
    case "scalar":
      return { value, isBlock: false, type: "simple", storageClassType: hclScalar(type.scalar) };
    case "list":
    case "set":
      return { value, isBlock: false, type: type.kind, storageClassType: `${hclScalar(type.element)}List` };
    case "object":
    case "objectList":
      return { value, isBlock: false, type: "list", storageClassType: "object" };
  }
};

const hclScalar = (scalar: Scalar) => (scalar === "bool" ? "boolean" : scalar);

/** A key that the table lacks keeps its name and value, since dropping it would hide the mistake. */
function mapObject(type: ObjectType, config: Config, format: Format, inList = false): Attributes {
  const mapped: Attributes = {};
  for (const key of Object.keys(config)) {
    const given = config[key];
    if (given === undefined || given === null) continue;
    const attribute = type.byKey(key);
    if (attribute === undefined) {
      mapped[key] = given;
      continue;
    }
    const value = mapValue(attribute.type, given, format, inList);
    if (value !== undefined) mapped[attribute.name] = format(attribute.type, value);
  }
  return mapped;
}

/** Containers are copied, tokens are not looked into, and what has the wrong type stays as it is. */
function mapValue(type: AttributeType, value: unknown, format: Format, inList: boolean): unknown {
  switch (type.kind) {
    case "scalar":
      return value;
    case "list":
    case "set":
      return Array.isArray(value) ? [...value] : value;
    case "object": {
      if (!isPlainObject(value)) return value;
      const mapped = mapObject(type.object, value, format, inList);
      // As in generated bindings, `os: { type: undefined }` is no `os`, and `os: {}` is an empty one; in a list
      // either is an empty object.
      return !inList && isEmpty(mapped) && !isEmpty(value) ? undefined : mapped;
    }
    case "objectList":
      return Array.isArray(value)
        ? value.map((item) => (isPlainObject(item) ? mapObject(type.object, item, format, true) : item))
        : value;
  }
}

const isEmpty = (object: object) => Object.keys(object).length === 0;

function isPlainObject(value: unknown): value is Config {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value)
  );
}
