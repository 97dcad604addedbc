/** Thrown by the parsers, which know what is wrong with a text but not which file it is. */
export class Unreadable extends Error {}

/** `parse(text)`, with what makes the text unreadable handed to `report`, which throws. */
export function parsing<T>(parse: () => T, report: (reason: string) => never): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Unreadable) report(error.message);
    throw error;
  }
}

/** A whole number, or undefined when there is no text. */
export function integer(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new Unreadable(`has "${text}" for ${what}, which is no whole number`);
  return value;
}

/** The value without its undefined members, so that facts equal themselves after a trip through JSON. */
export function known<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
