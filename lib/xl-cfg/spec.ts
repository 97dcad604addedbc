import { XlCfgError, type XlText } from "./syntax";

/** The `key=value` parts of a device's description, such as `mac=00:16:3e:00:00:01,bridge=xenbr0`. */
export class KeyValues {
  private readonly values = new Map<string, string>();

  /** @param flags parts that may stand without a value. */
  constructor(
    readonly spec: XlText,
    private readonly what: string,
    flags: readonly string[] = [],
  ) {
    for (const part of spec.text.split(",")) {
      const text = part.trim();
      if (text === "") continue;
      const at = text.indexOf("=");
      if (at === -1 && !flags.includes(text)) {
        throw new XlCfgError(`${what} has the part ${JSON.stringify(text)}: expected key=value`, spec);
      }
      const [key, value] = at === -1 ? [text, ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
      this.values.set(key, value);
    }
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The value of a key, which is then taken; an empty one is none. */
  take(key: string): string | undefined {
    const value = this.values.get(key);
    this.values.delete(key);
    return value === "" ? undefined : value;
  }

  /** A whole number. @throws XlCfgError for anything else. */
  number(key: string): number | undefined {
    const text = this.take(key);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text)) {
      throw new XlCfgError(`${this.what} has ${key}=${text}: expected a whole number`, this.spec);
    }
    return Number(text);
  }

  /** What nobody took. */
  get rest(): ReadonlyMap<string, string> {
    return this.values;
  }
}
