/** Data with keys, of which nothing more is known. */
export type Json = Record<string, unknown>;

/** Whether a value is data with keys, and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same without the lists that hold nothing. */
export function withoutEmptyLists<T extends object>(value: T): T {
  const isEmpty = (each: unknown) => Array.isArray(each) && each.length === 0;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => !isEmpty(each))) as T;
}
