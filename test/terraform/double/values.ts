/** Values as Terraform sends them: MessagePack, in which an unknown value is an extension. */
import { decode, ExtData, encode } from "@msgpack/msgpack";
import type { Attribute, Attributes, CtyType } from "./schema";

export type Value = null | boolean | number | bigint | string | ExtData | Value[] | { [key: string]: Value };
export type Path = readonly (string | number)[];

/** 64-bit integers stay exact in both directions. */
const options = { useBigInt64: true } as const;

export const fromWire = (bytes: Uint8Array): Value => decode(bytes, options) as Value;
export const toWire = (value: Value): Buffer => Buffer.from(encode(value, options));

/** Terraform's unknown value of no stated type: extension 0. One with refinements has another number. */
export const UNKNOWN = new ExtData(0, new Uint8Array([0]));
export const isUnknown = (value: Value): boolean => value instanceof ExtData;

/** Calls `visit` for each attribute of an object, at any depth that the value reaches, and takes its answer. */
export function mapAttributes(
  attributes: Attributes,
  object: Value,
  visit: (attribute: Attribute, value: Value, path: Path) => Value,
  path: Path = [],
): Value {
  if (object === null || typeof object !== "object" || object instanceof ExtData) return object;
  if (Array.isArray(object)) {
    return object.map((element, index) => mapAttributes(attributes, element, visit, [...path, index]));
  }
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const at = [...path, name];
      const value = visit(attribute, object[name] ?? null, at);
      return [
        name,
        attribute.nested_type
          ? mapAttributes(attribute.nested_type.attributes ?? {}, value, visit, at)
          : value,
      ];
    }),
  );
}

/** A value of the attribute's type that nobody takes for one from a host. A list gets one element, so that `[0]` works. */
export function invent({ type, nested_type }: Attribute, name: string): Value {
  if (type !== undefined) return inventOfType(type, name);
  const object = Object.fromEntries(
    Object.entries(nested_type?.attributes ?? {}).map(([key, attribute]) => [
      key,
      invent(attribute, `${name}.${key}`),
    ]),
  );
  return nested_type?.nesting_mode === "single" ? object : [object];
}

function inventOfType(type: CtyType, name: string): Value {
  if (type === "bool") return false;
  if (type === "number") return 0;
  if (type === "string") return `schema-double:${name}`;
  if (typeof type === "string") throw new Error(`no value is known for the type ${type}`);
  const element = inventOfType(type[1], name);
  return type[0] === "map" ? { [name]: element } : [element];
}
