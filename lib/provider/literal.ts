import type { IResolvable, IResolveContext } from "../engine";
import { holdsNumberToken, isLate } from "../plan/late";

/** What the engine takes for the value of an encoded map, wherever it meets it. */
const MAP_VALUES: readonly unknown[] = ["String Map Token Value", -123456789, "Any Map Token Value"];

/** Whether the engine would resolve a value to itself: no token at any depth. It leaves out what is undefined later, too. */
export function isLiteral(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !value.includes("TfToken[") && !holdsNumberToken(value) && !MAP_VALUES.includes(value);
    case "number":
      return !isLate(value) && !MAP_VALUES.includes(value);
    case "boolean":
      return true;
    case "object":
      return value !== null && (Array.isArray(value) ? value.every(isLiteral) : isLiteralObject(value));
    default:
      return false;
  }
}

function isLiteralObject(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const [key, each] of Object.entries(value)) {
    if (key.includes("TfToken[") || (each !== undefined && !isLiteral(each))) return false;
  }
  return true;
}

/**
 * What a token resolves to when that is a literal value, handed over as a whole. The engine walks through all that an
 * element renders, token or not, three times in a synth, which takes most of its time; what a token resolves to is
 * walked through as well, but not what its post-processor makes of that.
 */
export function resolveAsIs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
  return undefined;
}

/** A literal value that the engine does not walk through. */
export class Literal implements IResolvable {
  readonly creationStack = [];

  constructor(private readonly value: unknown) {}

  resolve(context: IResolveContext): unknown {
    return resolveAsIs(this.value, context);
  }

  toJSON(): unknown {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }
}
