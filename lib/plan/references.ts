import { isLate } from "./late";
import type { RawResource, ReferenceTarget } from "./resource";

/** `${libvirt_volume.root.name}`, and the form a reader gives to references across stacks: `${unit::type.name.attr}`. */
const EXPRESSION =
  /(?<!\$)\$\{(?:([^{}"]+?)::)?([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)(?:\[0\])?\.([a-z_][\w.[\]]*)\}/g;

/** The text by which a reader writes a reference to a resource of another stack. */
export function crossUnitExpression(unit: string, identifier: string): string {
  return `\${${unit}::${identifier}}`;
}

/**
 * Replaces references to attributes that another resource of the plan sets to a literal by that literal: such a
 * value is known now, whatever Terraform calls it.
 */
export class ReferenceFollower {
  private readonly byAddress = new Map<string, RawResource>();
  private readonly literals = new Map<string, Literal | undefined>();

  constructor(resources: readonly RawResource[]) {
    for (const resource of resources) {
      this.byAddress.set(keyOf(resource.unit, addressOf(resource)), resource);
    }
  }

  follow(resource: RawResource): {
    attributes: Readonly<Record<string, unknown>>;
    references: ReadonlyMap<string, ReferenceTarget>;
  } {
    const references = new Map<string, ReferenceTarget>();
    const attributes = this.walk(resource.attributes, resource.unit, references);
    return { attributes: attributes as Readonly<Record<string, unknown>>, references };
  }

  /** Copies only what changes. */
  private walk(value: unknown, unit: string, references: Map<string, ReferenceTarget>): unknown {
    if (typeof value === "string") return isLate(value) ? this.followText(value, unit, references) : value;
    if (Array.isArray(value)) {
      let copy: unknown[] | undefined;
      for (let index = 0; index < value.length; index++) {
        const walked = this.walk(value[index], unit, references);
        if (walked !== value[index]) {
          copy ??= [...value];
          copy[index] = walked;
        }
      }
      return copy ?? value;
    }
    if (typeof value === "object" && value !== null) {
      let copy: Record<string, unknown> | undefined;
      for (const key in value) {
        const before = (value as Record<string, unknown>)[key];
        const walked = this.walk(before, unit, references);
        if (walked !== before) {
          copy ??= { ...value };
          copy[key] = walked;
        }
      }
      return copy ?? value;
    }
    return value;
  }

  private followText(text: string, unit: string, references: Map<string, ReferenceTarget>): unknown {
    const literals: unknown[] = [];
    const replaced = text.replace(EXPRESSION, (whole, otherUnit, type, name, attribute) => {
      const target = { unit: otherUnit ?? unit, address: `${type}.${name}` };
      const found = this.byAddress.get(keyOf(target.unit, target.address));
      if (!found) return whole;
      references.set(whole, { resource: target, attribute });
      const literal = this.literalAt(found, attribute);
      if (literal === undefined) return whole;
      literals.push(literal);
      return String(literal);
    });
    // An expression that is the whole text keeps the literal's own type: a number stays a number.
    if (literals.length === 1 && replaced === String(literals[0])) return literals[0];
    return replaced;
  }

  /** The literal that an attribute is set to, by itself or through other references; each is followed once. */
  private literalAt(resource: RawResource, path: string): Literal | undefined {
    const key = `${keyOf(resource.unit, addressOf(resource))}.${path}`;
    if (this.literals.has(key)) return this.literals.get(key);
    // A circle, which Terraform refuses, meets itself here and ends.
    this.literals.set(key, undefined);
    let value: unknown = resource.attributes;
    for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
      if (typeof value !== "object" || value === null) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    if (typeof value === "string" && isLate(value)) value = this.walk(value, resource.unit, new Map());
    const literal = isScalar(value) && !isLate(value) ? value : undefined;
    this.literals.set(key, literal);
    return literal;
  }
}

function addressOf({ address, type, name }: RawResource): string {
  return address ?? `${type}.${name}`;
}

function keyOf(unit: string, address: string): string {
  return `${unit}\n${address}`;
}

type Literal = string | number | boolean;

function isScalar(value: unknown): value is Literal {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
