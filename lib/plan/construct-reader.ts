import type { IConstruct } from "constructs";
import type { RawPlan } from "./build";
import type { RawProvider } from "./host";
import { type GuestIntent, type HostIntent, intentOf, propIssuesOf } from "./intent";
import { isLate } from "./late";
import type { RawResource } from "./resource";
import { sourceOf } from "./source";
import { type TokenEngine, TokenResolver } from "./tokens";

type Json = Record<string, unknown>;
interface Element extends IConstruct {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
  readonly provider?: { readonly fqn: string };
  readonly count?: unknown;
  readonly forEach?: unknown;
  readonly [ATTRIBUTES]?: () => Json;
  hasResourceMove?(): unknown;
  toTerraform(): { resource?: Record<string, Record<string, Json>>; provider?: Record<string, Json[]> };
}

/**
 * Under this symbol an element of this package's own bindings gives its attributes as Terraform gets them: the same
 * object as long as they are the same, which saves rendering each element once more.
 */
export const ATTRIBUTES = Symbol.for("virt-constructs/attributes");

/** What was read of an element, to be read again only when it has changed. */
export type ReadBefore = WeakMap<object, { readonly attributes: Json; readonly raw: RawResource }>;

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
export function readStack(
  stack: IConstruct,
  engine: TokenEngine,
  before: ReadBefore = new WeakMap(),
): RawPlan {
  const overrides = (stack as { rawOverrides?: Json }).rawOverrides ?? {};
  const resourceOverrides = (overrides.resource ?? {}) as Record<string, Record<string, unknown>>;
  const unit = stack.node.path || stack.node.id;
  const tokens = new TokenResolver(stack, engine);
  const read = new Set<string>();
  const providers: RawProvider[] = [];
  const resources: RawResource[] = [];

  for (const element of elementsOf(stack)) {
    const type = element.terraformResourceType;
    if (PROVIDER in element) {
      for (const attributes of element.toTerraform().provider?.[type] ?? []) {
        providers.push(rawProvider(element, tokens.resolve(attributes) as Json, unit));
      }
      continue;
    }
    const quick = quickRead(element, type, unit, resourceOverrides, before, tokens);
    if (quick) {
      read.add(quick.address!);
      resources.push(quick);
      continue;
    }
    // A resource that moved to another address renders nothing.
    for (const [name, attributes] of Object.entries(element.toTerraform().resource?.[type] ?? {})) {
      const override = resourceOverrides[type]?.[name];
      const merged = override === undefined ? attributes : (merge(attributes, override) as Json);
      read.add(`${type}.${name}`);
      resources.push(rawResource(element, type, name, tokens.resolve(merged) as Json, unit));
    }
  }
  for (const [type, byName] of Object.entries(resourceOverrides)) {
    if (!type.startsWith("libvirt_")) continue;
    for (const [name, attributes] of Object.entries(byName)) {
      if (read.has(`${type}.${name}`)) continue;
      const resolved = tokens.resolve(attributes) as Json;
      resources.push({
        ...{ label: name, unit, type, name, attributes: resolved },
        provider: resolved.provider as string | undefined,
        address: `${type}.${name}`,
      });
    }
  }
  return { providers, resources };
}

/**
 * Reads an element of this package without rendering it, when nothing but its own attributes matters. Undefined for
 * any other: it is rendered as the engine does it.
 */
function quickRead(
  element: Element,
  type: string,
  unit: string,
  stackOverrides: Record<string, Record<string, unknown>>,
  before: ReadBefore,
  tokens: TokenResolver,
): RawResource | undefined {
  const attributes = element[ATTRIBUTES]?.();
  if (attributes === undefined || element.count !== undefined || element.forEach !== undefined)
    return undefined;
  const { rawOverrides = {} } = element as { rawOverrides?: Json };
  const name = element.friendlyUniqueId;
  if (hasKeys(rawOverrides) || stackOverrides[type]?.[name] !== undefined || element.hasResourceMove?.())
    return undefined;

  const provider = element.provider?.fqn;
  const known = before.get(element);
  if (
    known?.attributes === attributes &&
    known.raw.name === name &&
    known.raw.provider === provider &&
    known.raw.propIssues?.length === propIssuesOf(element).length
  ) {
    return known.raw;
  }
  tokens.computed = false;
  const resolved = tokens.resolve(attributes) as Json;
  const raw = rawResource(
    element,
    type,
    name,
    provider === undefined ? resolved : { ...resolved, provider },
    unit,
  );
  // What the engine computes could be something else the next time; a reference to a resource could not.
  if (!tokens.computed) before.set(element, { attributes, raw });
  return raw;
}

function hasKeys(object: object): boolean {
  for (const _ in object) return true;
  return false;
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
