import { Tokenization } from "../engine";
import type { AttributeType, ObjectType, Scalar } from "./table";

/** A configuration as the user wrote it, with camel-case keys. */
export type Config = Readonly<Record<string, unknown>>;
type Attributes = Record<string, unknown>;

/** The configuration of one element, and what Terraform gets of it. */
export class Settings {
  private json: Attributes | undefined;

  constructor(
    readonly type: ObjectType,
    private values: Config,
  ) {}

  get config(): Config {
    return this.values;
  }

  set(key: string, value: unknown): void {
    this.values = { ...this.values, [key]: value };
    this.json = undefined;
  }

  /** The engine asks two or three times in one synth. */
  toTerraform(): Attributes {
    this.json ??= mapObject(this.type, this.values, json);
    return this.json;
  }

  toHclTerraform(): Attributes {
    return mapObject(this.type, this.values, hcl);
  }
}

/** How one mapped value appears in the output. */
type Format = (type: AttributeType, value: unknown) => unknown;

const json: Format = (_, value) => value;

/** `cdktf synth --hcl` prints what it is told the type of. */
const hcl: Format = (type, value) => {
  switch (type.kind) {
    case "scalar":
      return { value, isBlock: false, type: "simple", storageClassType: hclScalar(type.scalar) };
    case "list":
    case "set":
      return { value, isBlock: false, type: type.kind, storageClassType: `${hclScalar(type.element)}List` };
    case "object":
      return { value, isBlock: true, type: "struct", storageClassType: "object" };
    case "objectList":
      return { value, isBlock: true, type: "list", storageClassType: "objectList" };
  }
};

const hclScalar = (scalar: Scalar) => (scalar === "bool" ? "boolean" : scalar);

/**
 * Terraform names in the table's order. A key that the table lacks keeps its name and value, since dropping it
 * would hide the mistake.
 */
function mapObject(type: ObjectType, config: Config, format: Format, inList = false): Attributes {
  const mapped: Attributes = {};
  for (const { key, name, type: attributeType } of type.attributes) {
    const value = mapValue(attributeType, config[key] ?? undefined, format, inList);
    if (value !== undefined) mapped[name] = format(attributeType, value);
  }
  for (const key of Object.keys(config)) {
    const value = config[key] ?? undefined;
    if (value !== undefined && type.byKey(key) === undefined) mapped[key] = value;
  }
  return mapped;
}

function mapValue(type: AttributeType, value: unknown, format: Format, inList: boolean): unknown {
  if (type.kind === "object" && isPlainObject(value)) {
    const mapped = mapObject(type.object, value, format, inList);
    // As in generated bindings, `os: { type: undefined }` is no `os`, and `os: {}` is an empty one; in a list
    // either is an empty object.
    return !inList && isEmpty(mapped) && !isEmpty(value) ? undefined : mapped;
  }
  if (type.kind === "objectList" && Array.isArray(value)) {
    return value.map((item) => (isPlainObject(item) ? mapObject(type.object, item, format, true) : item));
  }
  return value;
}

const isEmpty = (object: object) => Object.keys(object).length === 0;

/** Neither a token nor, by mistake, something else. */
function isPlainObject(value: unknown): value is Config {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value)
  );
}
