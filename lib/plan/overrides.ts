import { isObject, type Json } from "./json";
import { isLate } from "./late";

/** The overrides of a stack, which the engine merges into what its elements rendered. */
export class StackOverrides {
  constructor(private readonly overrides: Json = {}) {}

  /** Whether anything of this resource is overridden. */
  touch(type: string, name: string): boolean {
    const ofType = this.ofType(type);
    return ofType === undefined || name in ofType;
  }

  /** The attributes of a resource with its overrides; undefined when they take it away. */
  ofResource(type: string, name: string, attributes: unknown): Json | undefined {
    const ofType = this.ofType(type);
    if (ofType === undefined) return undefined;
    return block(name in ofType ? merge(attributes, ofType[name]) : attributes);
  }

  /** The list of providers with what overrides change in it and add to it. */
  ofProviders(type: string, providers: readonly unknown[]): Json[] {
    const merged = merge({ provider: { [type]: providers } }, { provider: this.overrides.provider ?? {} });
    const list = (merged as { provider: Json }).provider[type];
    return Array.isArray(list) ? list.filter(isObject) : isObject(list) ? [list] : [];
  }

  /** Every libvirt resource that overrides name, whether an element renders it or not. */
  *resources(): Iterable<{ readonly type: string; readonly name: string; readonly attributes: Json }> {
    const { resource } = this.overrides;
    if (!isObject(resource)) return;
    for (const [type, byName] of Object.entries(resource)) {
      if (!type.startsWith("libvirt_") || !isObject(byName)) continue;
      for (const [name, value] of Object.entries(byName)) {
        const attributes = block(value);
        if (attributes) yield { type, name, attributes };
      }
    }
  }

  /** The overrides by name; undefined when all resources of the type are taken away. */
  private ofType(type: string): Json | undefined {
    if (!("resource" in this.overrides)) return {};
    const { resource } = this.overrides;
    if (!isObject(resource)) return undefined;
    if (!(type in resource)) return {};
    return isObject(resource[type]) ? resource[type] : undefined;
  }
}

/** In Terraform's JSON a block may also be written as a list of it. */
function block(value: unknown): Json | undefined {
  if (Array.isArray(value)) return value.length === 1 ? block(value[0]) : undefined;
  return isObject(value) ? value : undefined;
}

/** The engine's way of merging: objects deep, lists appended, undefined deletes. */
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
