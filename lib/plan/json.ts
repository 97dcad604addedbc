/** Data with keys, of which nothing more is known. */
export type Json = Record<string, unknown>;

/** Whether a value is data with keys, and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
