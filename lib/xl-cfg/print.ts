import { ESCAPES, isList, type XlFile, type XlValue } from "./syntax";

/** A value, or settings, of which nobody asks where they stand. */
export type XlPlain = string | number | readonly XlPlain[];

/** The text of a configuration, which reads back as the same settings. */
export function printXl({ settings }: XlFile): string {
  return settings.map(({ name, operator, value }) => `${name} ${operator} ${printValue(value)}\n`).join("");
}

/** The text of settings made by a program. */
export function printSettings(settings: ReadonlyMap<string, XlPlain>): string {
  return [...settings].map(([name, value]) => `${name} = ${printPlain(value)}\n`).join("");
}

function printValue(value: XlValue): string {
  if (isList(value)) return `[ ${value.items.map(printValue).join(", ")} ]`;
  return value.quoted ? printString(value.text) : value.text;
}

function printPlain(value: XlPlain): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return printString(value);
  if (value.length < 2) return `[ ${value.map(printPlain).join("")} ]`;
  return `[\n${value.map((item) => `  ${printPlain(item).replace(/\n(?=.)/g, "\n  ")},\n`).join("")}]`;
}

const LETTERS = new Map(Object.entries(ESCAPES).map(([letter, character]) => [character, letter]));

function printString(text: string): string {
  const mark = text.includes('"') && !text.includes("'") ? "'" : '"';
  let printed = "";
  for (const character of text) {
    const isQuote = character === "'" || character === '"';
    const letter = isQuote && character !== mark ? undefined : LETTERS.get(character);
    printed += letter === undefined ? character : `\\${letter}`;
  }
  return mark + printed + mark;
}
