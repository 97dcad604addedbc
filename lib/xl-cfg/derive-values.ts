import { isLate } from "../plan/late";
import type { XlPlain } from "./print";

/** Settings in their order; undefined where there is nothing to say. */
export type Settings = Readonly<Record<string, XlPlain | undefined>>;

/** A value as it will be, or as the expression that it comes from. */
export function text(value: unknown): string {
  return String(value);
}

export function number(value: unknown): XlPlain | undefined {
  if (value === undefined) return undefined;
  return typeof value === "number" && !isLate(value) ? value : text(value);
}

export function list(items: readonly XlPlain[]): readonly XlPlain[] | undefined {
  return items.length === 0 ? undefined : items;
}
