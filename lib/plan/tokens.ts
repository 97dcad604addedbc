import type { IConstruct } from "constructs";
import { isLate } from "./late";
import { crossUnitExpression } from "./references";

/** What a reader of constructs asks of the engine; injected, so that the plan does not depend on it. */
export interface TokenEngine {
  /** Resolves tokens to Terraform expressions or values, without side effects on the tree. */
  resolve(scope: IConstruct, value: unknown): unknown;
  /** The object behind the only token of a text, if it is exactly one. */
  reverse(text: string): unknown;
}

/** A token that refers to an attribute of a resource: the engine's own, and this package's. */
export interface Reference {
  readonly identifier: string;
  readonly originStack?: IConstruct;
}

export function asReference(token: unknown): Reference | undefined {
  if (typeof token !== "object" || token === null || !("originStack" in token)) return undefined;
  return typeof (token as { identifier?: unknown }).identifier === "string"
    ? (token as Reference)
    : undefined;
}

const MARKER = /\$\{TfToken\[[^\]]+\]\}/g;

/** Resolves the tokens in the attributes of one stack's resources. */
export class TokenResolver {
  /** Set once a token was met that the engine computes, and that is no reference to an attribute. */
  computed = false;

  constructor(
    private readonly stack: IConstruct,
    private readonly engine: TokenEngine,
  ) {}

  /** Copies only what holds a token; everything else stays the same object. */
  resolve(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        return value.includes("TfToken[") || value.includes("e+298") ? this.resolveText(value) : value;
      case "number":
        return isLate(value) ? this.compute(value) : value;
      case "object":
        break;
      default:
        return value;
    }
    if (value === null) return value;
    if (Array.isArray(value)) return isLate(value) ? this.compute(value) : this.resolveList(value);
    // A plain object is looked at key by key anyway; only others can be a token.
    const plain = Object.getPrototypeOf(value) === Object.prototype;
    if (!plain || "resolve" in value) return isLate(value) ? this.compute(value) : value;
    return this.resolveObject(value as Record<string, unknown>);
  }

  private resolveList(list: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index++) {
      const resolved = this.resolve(list[index]);
      if (resolved === list[index]) continue;
      copy ??= [...list];
      copy[index] = resolved;
    }
    return copy ?? list;
  }

  private resolveObject(object: Record<string, unknown>): unknown {
    let copy: Record<string, unknown> | undefined;
    for (const key in object) {
      if (key === "//") continue;
      // A map that is late as a whole has one key, which is the token.
      if (key.startsWith("&{TfToken[")) return this.compute(object);
      const before = object[key];
      const after = this.resolve(before);
      if (after === before) continue;
      copy ??= { ...object };
      copy[key] = after;
    }
    return copy ?? object;
  }

  private resolveText(text: string): unknown {
    const resolved = text.replace(MARKER, (marker) => this.referenceOf(marker) ?? marker);
    return resolved.includes("TfToken[") || resolved.includes("e+298") ? this.compute(resolved) : resolved;
  }

  /** The expression of a token that refers to an attribute of a resource, in this stack or in another. */
  private referenceOf(marker: string): string | undefined {
    const reference = asReference(this.engine.reverse(marker));
    if (reference === undefined) return undefined;
    const { identifier, originStack } = reference;
    if (!originStack || originStack === this.stack) return `\${${identifier}}`;
    return crossUnitExpression(originStack.node.path || originStack.node.id, identifier);
  }

  private compute(value: unknown): unknown {
    this.computed = true;
    return this.engine.resolve(this.stack, value);
  }
}
