import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { XmlKind } from "../../lib/domain-xml";
import { type ObjectType, resourceType } from "../../lib/provider/table";
import type { XmlElement } from "../../lib/xml/element";
import { parseXml } from "../../lib/xml/parse";

/** What the provider wrote for one attribute; `siblings` were set beside it. */
export interface Vector {
  readonly resource: string;
  readonly path: string;
  readonly value: unknown;
  readonly xml: string;
  readonly needsSibling?: boolean;
  readonly siblings?: Readonly<Record<string, unknown>> | null;
}

export function readVectors(file: string): Vector[] {
  const text = readFileSync(join(__dirname, "../../scripts/provider-data/0.9.7", file), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Vector);
}

export const kindOf = (resource: string) => resource.replace("libvirt_", "") as XmlKind;

/** The configuration in which paths of the provider's spelling have these values. */
export function configOf(
  resource: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values))
    put(resourceType(resource)!, config, path.split("."), value);
  return config;
}

function put(
  type: ObjectType,
  config: Record<string, unknown>,
  [step, ...rest]: string[],
  value: unknown,
): void {
  const [, name, index] = /^(\w+)(\[0\])?$/.exec(step!)!;
  const { key, type: attribute } = type.byName(name!)!;
  if (rest.length === 0) {
    config[key] = index ? [value] : value;
    return;
  }
  config[key] ??= index ? [{}] : {};
  const inner = index
    ? (config[key] as [Record<string, unknown>])[0]
    : (config[key] as Record<string, unknown>);
  put((attribute as { object: ObjectType }).object, inner, rest, value);
}

/** A document with no order among attributes and among elements, and no indentation. */
export function canonical(xml: string | XmlElement): unknown {
  const element = typeof xml === "string" ? parseXml(xml) : xml;
  const children = element.children.map(canonical).map((child) => JSON.stringify(child));
  return [
    element.local,
    element.namespace ?? "",
    Object.fromEntries([...element.attributes].filter(([name]) => !name.startsWith("xmlns")).sort()),
    children.length > 0 ? "" : element.text,
    children.sort().map((child) => JSON.parse(child) as unknown),
  ];
}
