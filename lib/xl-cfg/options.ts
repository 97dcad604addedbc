import { isList, XlCfgError, type XlFile, type XlPlace, type XlText, type XlValue } from "./syntax";

/** A setting whose meaning the provider's configuration of a domain cannot hold. */
export interface XlLost {
  /** Name of the setting; `disk[1]: script` for a part of one, counted from 0. */
  readonly option: string;
  /** As it stands in the file; of a password, three asterisks. */
  readonly value: string;
  readonly line: number;
  readonly why: string;
}

/** Something that xl takes, and somebody should know of. */
export interface XlNote {
  readonly option: string;
  readonly line: number;
  readonly message: string;
}

interface Option extends XlPlace {
  readonly value: XlValue;
}

const SECRET = /passw/;

/** The settings of a file as xl counts them, each of which somebody must take, or it is lost. */
export class Options {
  readonly lost: XlLost[] = [];
  readonly notes: XlNote[] = [];
  private readonly options = new Map<string, Option>();
  private readonly taken = new Set<string>();

  /** @throws XlCfgError where `+=` joins a list and a string. */
  constructor({ settings }: XlFile) {
    for (const { name, operator, value, line, column } of settings) {
      const before = this.options.get(name);
      const joined = operator === "+=" && before !== undefined ? join(name, before.value, value) : value;
      // Of several, the last counts.
      this.options.delete(name);
      this.options.set(name, { value: joined, line, column });
    }
  }

  has(name: string): boolean {
    return this.options.has(name);
  }

  /** A string, or a number as one. An empty one is none. @throws XlCfgError for a list. */
  text(name: string): string | undefined {
    const option = this.take(name);
    if (option === undefined) return undefined;
    if (isList(option.value)) throw this.wrong(name, "is a list: expected one value");
    return option.value.text === "" ? undefined : option.value.text;
  }

  /** A whole number, in any base of C. @throws XlCfgError for anything else. */
  number(name: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = wholeNumber(text);
    if (value === undefined) throw this.wrong(name, `is ${shown(text)}: expected a whole number`);
    if (value < min || value > max) {
      throw this.wrong(
        name,
        `is ${value}: expected ${max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`}`,
      );
    }
    return value;
  }

  /** Yes for any number but 0. @throws XlCfgError for anything else. */
  flag(name: string): boolean | undefined {
    const value = this.number(name, { min: Number.MIN_SAFE_INTEGER });
    return value === undefined ? undefined : value !== 0;
  }

  /** One of several words. @throws XlCfgError for another. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw this.wrong(name, `is ${shown(text)}: expected ${choices.join(", ")}`);
    return found;
  }

  /** The strings of a list. @throws XlCfgError for anything else. */
  texts(name: string): readonly XlText[] {
    const option = this.take(name);
    if (option === undefined) return [];
    if (!isList(option.value))
      throw this.wrong(name, `is one value: expected a list, such as ${name} = [ … ]`);
    return option.value.items.map((item) => {
      if (isList(item)) throw new XlCfgError(`${name} has a list in it: expected strings`, item);
      return item;
    });
  }

  /** The strings of a list, or one string alone. */
  textOrTexts(name: string): readonly XlText[] {
    const option = this.options.get(name);
    if (option === undefined || isList(option.value)) return this.texts(name);
    this.taken.add(name);
    return option.value.text === "" ? [] : [option.value];
  }

  /** The lists of a list. @throws XlCfgError for anything else. */
  lists(name: string): readonly (readonly XlText[])[] {
    const option = this.take(name);
    if (option === undefined) return [];
    const { value } = option;
    if (!isList(value)) throw this.wrong(name, "is one value: expected a list of lists");
    return value.items.map((item) => {
      if (!isList(item)) throw new XlCfgError(`${name} has a string in it: expected lists`, item);
      return item.items.map((part) => {
        if (isList(part)) throw new XlCfgError(`${name} nests lists too deep: expected strings`, part);
        return part;
      });
    });
  }

  isListOption(name: string): boolean {
    const option = this.options.get(name);
    return option !== undefined && isList(option.value);
  }

  /** Says that a setting, or a part of one, cannot be expressed; where nobody gave it, nothing. */
  lose(name: string, why: string): void {
    const option = this.take(name);
    if (option === undefined) return;
    this.lost.push({ option: name, value: masked(name, printed(option.value)), line: option.line, why });
  }

  losePart(option: string, value: string, { line }: XlPlace, why: string): void {
    this.lost.push({ option, value: masked(option, value), line, why });
  }

  /** A remark on a setting that somebody gave. */
  note(name: string, message: string): void {
    const option = this.options.get(name);
    if (option !== undefined) this.notes.push({ option: name, line: option.line, message });
  }

  /** Leaves a setting aside, as it says nothing: a default, or what something else decides. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.take(name);
  }

  /** Everything that nobody took, unless its value asks for nothing. */
  loseRest(why: (name: string) => string, isEmpty: (name: string, value: string) => boolean): void {
    for (const [name, { value }] of this.options) {
      if (this.taken.has(name) || (!isList(value) && isEmpty(name, value.text))) continue;
      if (!isList(value) || value.items.length > 0) this.lose(name, why(name));
    }
  }

  wrong(name: string, message: string): XlCfgError {
    return new XlCfgError(`${name} ${message}`, this.placeOf(name));
  }

  /** Where a setting stands; the beginning of the file, where it does not. */
  placeOf(name: string): XlPlace {
    return this.options.get(name) ?? { line: 1, column: 1 };
  }

  private take(name: string): Option | undefined {
    this.taken.add(name);
    return this.options.get(name);
  }
}

/** The number of a text that C would read as one. */
export function wholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(?:0x[\da-f]+|\d+)$/i.test(trimmed)) return undefined;
  const negative = trimmed.startsWith("-");
  const digits = trimmed.replace(/^[+-]/, "");
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  return Number.isSafeInteger(value) ? (negative ? -value : value) : undefined;
}

export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function join(name: string, before: XlValue, added: XlValue): XlValue {
  if (isList(before) && isList(added)) return { ...added, items: [...before.items, ...added.items] };
  if (!isList(before) && !isList(added)) return { ...added, text: before.text + added.text };
  throw new XlCfgError(
    `${name} += adds ${isList(added) ? "a list to a string" : "a string to a list"}`,
    added,
  );
}

function printed(value: XlValue): string {
  return isList(value) ? `[${value.items.map(printed).join(", ")}]` : value.text;
}

function masked(name: string, value: string): string {
  return SECRET.test(name) || SECRET.test(value) ? "***" : value;
}
