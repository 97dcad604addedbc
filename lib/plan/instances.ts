import { isLate } from "./late";
import type { PlanResource } from "./resource";

/** Beyond this many instances nothing is told apart instance by instance. */
const MOST = 10_000;

interface Instance {
  /** Text that Terraform puts for `count.index` or `each.key`. */
  readonly key: string;
  /** What `each.value` is, where it is a text. */
  readonly value?: string;
}

/**
 * What a text of a resource becomes in each of its instances: `web-${count.index}` with count 2 is `web-0` and
 * `web-1`, and a literal is the same text twice. Each may still be late for another reason. Undefined when the
 * number of instances is known only at apply.
 */
export function textsOf(resource: PlanResource<unknown>, text: string): readonly string[] | undefined {
  const { multiplicity } = resource;
  if (multiplicity === 1 && !text.includes("{")) return [text];
  if (isLate(multiplicity) || (multiplicity as number) > MOST) return undefined;
  const { count, for_each: forEach } = resource.raw.attributes;
  if (count !== undefined && count !== null) {
    return Array.from({ length: multiplicity as number }, (_, index) => countText(text, index));
  }
  if (typeof forEach !== "object" || forEach === null) return [text];
  return Object.entries(forEach).map(([key, value]) =>
    eachText(text, { key, value: typeof value === "string" ? value : undefined }),
  );
}

/** The same, each text once: a literal is one text, however many instances there are. */
export function distinctTextsOf(
  resource: PlanResource<unknown>,
  text: string,
): readonly string[] | undefined {
  return isLate(text) ? textsOf(resource, text) : [text];
}

function countText(text: string, index: number): string {
  return text
    .replace(/\$\{\s*count\.index\s*(?:\+\s*(\d+)\s*)?\}/g, (_, plus) => String(index + Number(plus ?? 0)))
    .replace(/\[\s*count\.index\s*\]/g, `[${index}]`);
}

function eachText(text: string, { key, value }: Instance): string {
  const named = text
    .replace(/\$\{\s*each\.key\s*\}/g, () => key)
    .replace(/\[\s*each\.key\s*\]/g, () => `["${key}"]`);
  return value === undefined ? named : named.replace(/\$\{\s*each\.value\s*\}/g, () => value);
}
