import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { Attribute, ObjectType, Scalar } from "../../lib/provider/table";

export const isAssignable = ({ mode }: Attribute) => mode !== "readOnly";

const samples = { string: "text", number: 7, bool: true } as const;
const listOf = (scalar: Scalar) => [samples[scalar], samples[scalar]];

// Every app makes its output folder at once: one for all of them, which goes with the test.
const outdir = mkdtempSync(path.join(tmpdir(), "bindings-"));
afterAll(() => rmSync(outdir, { recursive: true }));

export const newStack = () => new TerraformStack(Testing.app({ outdir }), "stack");

/** A configuration that sets every attribute, and every list to two items. */
export function fullConfig(type: ObjectType): Record<string, unknown> {
  return Object.fromEntries(type.attributes.filter(isAssignable).map((a) => [a.key, fullValue(a)]));
}

function fullValue({ type }: Attribute): unknown {
  switch (type.kind) {
    case "scalar":
      return samples[type.scalar];
    case "list":
    case "set":
      return listOf(type.element);
    case "object":
      return fullConfig(type.object);
    case "objectList":
      return [fullConfig(type.object), fullConfig(type.object)];
  }
}

/**
 * Every reference that an element offers, by path: `devices.disks.0.device` is
 * `element.devices.disks.get(0).device`. Leaves hold no further attribute: scalars, lists of them, and objects
 * without attributes.
 */
export function references(element: object, type: ObjectType, parent = ""): [path: string, value: unknown][] {
  return type.attributes.flatMap((a) => {
    const value = Reflect.get(element, a.key);
    const path = `${parent}${a.key}`;
    if (!("object" in a.type)) return [[path, value] as [string, unknown]];
    const object = a.type.object;
    const [nested, nestedPath] = a.type.kind === "objectList" ? [value.get(0), `${path}.0`] : [value, path];
    if (object.attributes.length === 0) return [[nestedPath, nested] as [string, unknown]];
    return references(nested, object, `${nestedPath}.`);
  });
}
