import type { IConstruct } from "constructs";
import type { RawPlan } from "./build";
import type { RawProvider } from "./host";
import { type GuestIntent, type HostIntent, intentOf, propIssuesOf } from "./intent";
import { isLate } from "./late";
import { crossUnitExpression } from "./references";
import type { RawResource } from "./resource";
import { sourceOf } from "./source";

/** What the reader asks of the engine; injected, so that the plan does not depend on it. */
export interface TokenEngine {
  /** Resolves tokens to Terraform expressions or values, without side effects on the tree. */
  resolve(scope: IConstruct, value: unknown): unknown;
  /** The object behind the only token of a text, if it is exactly one. */
  reverse(text: string): unknown;
}

type Json = Record<string, unknown>;
interface Element extends IConstruct {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
  toTerraform(): { resource?: Record<string, Record<string, Json>>; provider?: Record<string, Json[]> };
}

/** The engine marks its classes with these, in both of its distributions. */
const STACK = Symbol.for("cdktf/TerraformStack");
const RESOURCE = Symbol.for("cdktf/TerraformResource");
const PROVIDER = Symbol.for("cdktf/TerraformProvider");

export function isStack(construct: IConstruct): boolean {
  return STACK in construct;
}

/** All stacks below a construct, in tree order. */
export function stacksBelow(root: IConstruct): IConstruct[] {
  return root.node.findAll().filter(isStack);
}

/** Reads every libvirt resource and provider of one stack: ours, generated bindings, and what overrides add. */
export function readStack(stack: IConstruct, engine: TokenEngine): RawPlan {
  const overrides = (stack as { rawOverrides?: Json }).rawOverrides ?? {};
  const resourceOverrides = (overrides.resource ?? {}) as Record<string, Record<string, unknown>>;
  const unit = stack.node.path || stack.node.id;
  const read = new Set<string>();
  const providers: RawProvider[] = [];
  const resources: RawResource[] = [];

  for (const element of elementsOf(stack)) {
    const type = element.terraformResourceType;
    if (PROVIDER in element) {
      for (const attributes of element.toTerraform().provider?.[type] ?? []) {
        providers.push(rawProvider(element, resolveTokens(stack, attributes, engine) as Json, unit));
      }
      continue;
    }
    // A resource that moved to another address renders nothing.
    for (const [name, attributes] of Object.entries(element.toTerraform().resource?.[type] ?? {})) {
      const override = resourceOverrides[type]?.[name];
      const merged = override === undefined ? attributes : (merge(attributes, override) as Json);
      read.add(`${type}.${name}`);
      resources.push(rawResource(element, type, name, resolveTokens(stack, merged, engine) as Json, unit));
    }
  }
  for (const [type, byName] of Object.entries(resourceOverrides)) {
    if (!type.startsWith("libvirt_")) continue;
    for (const [name, attributes] of Object.entries(byName)) {
      if (read.has(`${type}.${name}`)) continue;
      const resolved = resolveTokens(stack, attributes, engine) as Json;
      resources.push({
        ...{ label: name, unit, type, name, attributes: resolved },
        provider: resolved.provider as string | undefined,
        address: `${type}.${name}`,
      });
    }
  }
  return { providers, resources };
}

function elementsOf(construct: IConstruct, into: Element[] = []): Element[] {
  const element = construct as Element;
  if (RESOURCE in construct || PROVIDER in construct) {
    const type = element.terraformResourceType;
    if (type === "libvirt" || type.startsWith("libvirt_")) into.push(element);
  }
  for (const child of construct.node.children) if (!isStack(child)) elementsOf(child, into);
  return into;
}

function rawResource(
  element: Element,
  type: string,
  name: string,
  attributes: Json,
  unit: string,
): RawResource {
  const { label, constructPath } = placeOf(element);
  const provider = attributes.provider;
  return {
    ...{ type, name, unit, attributes, label, constructPath },
    address: `${type}.${name}`,
    provider: typeof provider === "string" ? provider : undefined,
    intent: intentOf<GuestIntent>(element),
    propIssues: propIssuesOf(element),
    get source() {
      return sourceOf(element);
    },
  };
}

function rawProvider(element: Element, attributes: Json, unit: string): RawProvider {
  const { label, constructPath } = placeOf(element);
  const { alias, uri } = attributes as { alias?: string; uri?: string };
  return {
    ...{ label, constructPath, unit, alias },
    uri: typeof uri === "string" && !isLate(uri) ? uri : undefined,
    intent: intentOf<HostIntent>(element),
    propIssues: propIssuesOf(element),
    get source() {
      return sourceOf(element);
    },
  };
}

/** The construct that the user made: one level up where the library made a child of fixed id for it. */
function placeOf(element: IConstruct): { label: string; constructPath: string } {
  const construct = element.node.id === "Resource" ? (element.node.scope ?? element) : element;
  return { label: construct.node.id, constructPath: construct.node.path };
}

/** Copies only what holds a token; everything else stays the same object. */
function resolveTokens(scope: IConstruct, value: unknown, engine: TokenEngine): unknown {
  switch (typeof value) {
    case "string":
      return value.includes("TfToken[") ? resolveText(scope, value, engine) : value;
    case "number":
      return isLate(value) ? engine.resolve(scope, value) : value;
    case "object":
      break;
    default:
      return value;
  }
  if (value === null) return value;
  if (isLate(value)) return engine.resolve(scope, value);
  if (Array.isArray(value)) {
    const resolved = value.map((element) => resolveTokens(scope, element, engine));
    return resolved.some((element, index) => element !== value[index]) ? resolved : value;
  }
  let copy: Json | undefined;
  for (const key in value) {
    if (key === "//") continue;
    const before = (value as Json)[key];
    const after = resolveTokens(scope, before, engine);
    if (after === before) continue;
    copy ??= { ...value };
    copy[key] = after;
  }
  return copy ?? value;
}

function resolveText(scope: IConstruct, text: string, engine: TokenEngine): unknown {
  const crossed = text.replace(/\$\{TfToken\[[^\]]+\]\}/g, (marker) => {
    const token = engine.reverse(marker) as { identifier?: unknown; originStack?: IConstruct } | undefined;
    const { identifier, originStack } = token ?? {};
    if (typeof identifier !== "string" || !originStack || originStack === scope) return marker;
    return crossUnitExpression(originStack.node.path || originStack.node.id, identifier);
  });
  return crossed.includes("TfToken[") ? engine.resolve(scope, crossed) : crossed;
}

/** The engine's way of merging overrides: objects deep, lists appended, undefined deletes. */
function merge(target: unknown, source: unknown): unknown {
  if (typeof source !== "object" || source === null) return source;
  if (Array.isArray(source)) return Array.isArray(target) ? [...target, ...source] : source;
  if (isLate(source)) return source;
  const merged: Json = Array.isArray(target)
    ? ([...target] as unknown as Json)
    : typeof target === "object" && target !== null
      ? { ...target }
      : {};
  for (const [key, value] of Object.entries(source)) {
    if (value === undefined) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
