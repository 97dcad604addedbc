import { dataSources, providers, resources, shapes, version } from "./table.generated";

/**
 * Every attribute of the provider's schema. All that depends on the schema reads it here: the bindings, the
 * checks of a configuration, and domain XML in both directions.
 */

export type Scalar = "string" | "number" | "bool";

export type AttributeType =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "list" | "set"; readonly element: Scalar }
  | { readonly kind: "object"; readonly object: ObjectType }
  | { readonly kind: "objectList"; readonly object: ObjectType };

export type AttributeMode = "required" | "optional" | "readOnly" | "optionalComputed";

export interface Attribute {
  /** The name in Terraform, in snake case. */
  readonly name: string;
  /** The key in a TypeScript configuration, in camel case. */
  readonly key: string;
  readonly type: AttributeType;
  readonly mode: AttributeMode;
}

/** Object types with the same attributes are one object. Attributes are sorted by name. */
export interface ObjectType {
  readonly attributes: readonly Attribute[];
  byName(name: string): Attribute | undefined;
  byKey(key: string): Attribute | undefined;
}

export const PROVIDER_SOURCE = "dmacvicar/libvirt";
export const PROVIDER_VERSION: string = version;

/** A key in the name of a method, as in `putDisks` and `resetDisks`. */
export const titleCase = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

/** The configuration of a resource; `terraformType` is, for instance, `libvirt_domain`. */
export function resourceType(terraformType: string): ObjectType | undefined {
  return root(resources, terraformType);
}

export function dataSourceType(terraformType: string): ObjectType | undefined {
  return root(dataSources, terraformType);
}

export function providerType(): ObjectType {
  return root(providers, "libvirt")!;
}

function root(indexes: Readonly<Record<string, number>>, terraformType: string): ObjectType | undefined {
  return Object.hasOwn(indexes, terraformType) ? objectType(indexes[terraformType]!) : undefined;
}

const objectTypes: ObjectType[] = [];

function objectType(index: number): ObjectType {
  objectTypes[index] ??= new EncodedObjectType(shapes[index]!);
  return objectTypes[index];
}

const modes: Readonly<Record<string, AttributeMode>> = {
  "!": "required",
  "?": "optional",
  "=": "readOnly",
  "~": "optionalComputed",
};
const scalars: Readonly<Record<string, Scalar>> = { s: "string", n: "number", b: "bool" };

/** A line of the generated table, read when somebody asks for it: most programs use a small part. */
class EncodedObjectType implements ObjectType {
  private decoded: readonly Attribute[] | undefined;
  private names: ReadonlyMap<string, Attribute> | undefined;
  private keys: ReadonlyMap<string, Attribute> | undefined;

  constructor(private readonly encoded: string) {}

  get attributes(): readonly Attribute[] {
    this.decoded ??= this.encoded === "" ? [] : this.encoded.split(" ").map(decodeAttribute);
    return this.decoded;
  }

  byName(name: string): Attribute | undefined {
    this.names ??= new Map(this.attributes.map((attribute) => [attribute.name, attribute]));
    return this.names.get(name);
  }

  byKey(key: string): Attribute | undefined {
    this.keys ??= new Map(this.attributes.map((attribute) => [attribute.key, attribute]));
    return this.keys.get(key);
  }
}

/** `name>key` is written only for a key that capitals after underscores do not give. */
function decodeAttribute(encoded: string): Attribute {
  const [, name, key, mode, collection, element] = /^(\w+)(?:>(\w+))?([!?=~])([[{*]?)(\w+)$/.exec(encoded)!;
  return {
    name: name!,
    key: key ?? name!.replace(/_(.)/g, (_, next: string) => next.toUpperCase()),
    type: decodeType(collection!, element!),
    mode: modes[mode!]!,
  };
}

function decodeType(collection: string, element: string): AttributeType {
  const scalar = scalars[element];
  if (scalar === undefined) {
    return { kind: collection === "*" ? "objectList" : "object", object: objectType(Number(element)) };
  }
  if (collection === "") return { kind: "scalar", scalar };
  return { kind: collection === "[" ? "list" : "set", element: scalar };
}
