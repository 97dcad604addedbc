import { xmlText } from "../../xml/text";
import { plain } from "../plain";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = Markup | string | number | false | undefined | readonly Value[];

/**
 * A piece of HTML. Whatever is put into it is text, and is escaped, unless it was made by this function: no value can
 * become markup by an omission.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(strings.map((string, index) => string + textOf(values[index])).join(""));
}

function textOf(value: Value): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(textOf).join("");
  return xmlText(visible(plain(String(value))));
}

/** Characters that turn or hide the letters after them would show a name that is none. */
function visible(text: string): string {
  return text.replace(/[\p{Cf}\u2028\u2029]/gu, "\ufffd");
}
