import {
  ESCAPES,
  XlCfgError,
  type XlFile,
  type XlList,
  type XlPlace,
  type XlSetting,
  type XlText,
  type XlValue,
} from "./syntax";

/** Real files have some kilobytes; lists nest once, in `vnuma`. */
const MAX_LENGTH = 1_000_000;
const MAX_DEPTH = 16;

/**
 * Reads the language of xl.cfg(5), by the grammar of xl itself: `name = value` and `name += value`, divided by line
 * ends or semicolons, values in quotes, numbers, and lists of them, which may go over several lines; `#` begins a
 * comment. What xl refuses and means nothing is passed over: the carriage return of Windows, and a backslash at the
 * end of a line within a list.
 *
 * @throws XlCfgError that names the line and the column.
 */
export function parseXl(text: string): XlFile {
  return new Parser(text.startsWith("\uFEFF") ? text.slice(1) : text).file();
}

const NAME = /[a-z][a-z0-9._]*/y;
const NUMBER = /[0-9][0-9a-fx]*/y;
const PYTHON = /^(?:import|from|def|if|elif|else|for|while|try|except|print|return)\b/;

class Parser {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(private readonly text: string) {
    if (text.length > MAX_LENGTH) {
      throw new XlCfgError(
        `the file has ${text.length} characters: more than ${MAX_LENGTH} are no configuration of a guest`,
        { line: 1, column: 1 },
      );
    }
  }

  file(): XlFile {
    const settings: XlSetting[] = [];
    for (;;) {
      this.skip(true);
      if (this.peek() === ";") this.at++;
      else if (this.at >= this.text.length) return { settings };
      else settings.push(this.setting());
    }
  }

  private setting(): XlSetting {
    const place = this.place();
    const name = this.match(NAME);
    if (name === undefined) throw this.noName(place);
    this.skip(false);
    const operator = this.text.startsWith("+=", this.at) ? "+=" : "=";
    if (!this.text.startsWith(operator, this.at)) {
      throw this.error(
        PYTHON.test(name) ? this.python() : `${name} is followed by ${this.shown()}: expected = or +=`,
        PYTHON.test(name) ? place : undefined,
      );
    }
    this.at += operator.length;
    this.skip(false);
    const value = this.value(name, 0);
    this.skip(false);
    const next = this.peek();
    if (next !== undefined && next !== "\n" && next !== ";") {
      throw this.error(
        /[+\-.():%*]/.test(next)
          ? this.python()
          : `the value of ${name} is followed by ${this.shown()}: expected the end of the line`,
      );
    }
    return { ...place, name, operator, value };
  }

  private value(name: string, depth: number): XlValue {
    const place = this.place();
    const next = this.peek();
    if (next === "[") return this.list(name, depth, place);
    if (next === "'" || next === '"') return this.string(next, place);
    const text = this.match(NUMBER);
    if (text !== undefined) return { ...place, text, quoted: false };
    if (next === undefined || next === "\n" || next === ";" || next === "]" || next === ",") {
      throw this.error(`${name} has no value`);
    }
    const word = /[^\s,;[\]#]+/y;
    const given = this.match(word);
    throw this.error(
      given !== undefined && /^[A-Za-z_/]/.test(given)
        ? `${name} has the value ${quote(given)} without quotes: write ${name} = ${quote(given)}`
        : given?.startsWith("-")
          ? `${name} is negative, which xl.cfg has no notation for without quotes: write ${name} = ${quote(given)}`
          : this.python(),
      place,
    );
  }

  private list(name: string, depth: number, place: XlPlace): XlList {
    if (depth >= MAX_DEPTH) throw this.error(`${name} nests lists deeper than ${MAX_DEPTH}`);
    this.at++;
    const items: XlValue[] = [];
    for (;;) {
      this.skip(true);
      const next = this.peek();
      if (next === undefined) throw this.error(`the list ${name} is not closed: expected ]`, place);
      if (next === "]") break;
      if (next === "," && items.length === 0) throw this.error(`the list ${name} begins with a comma`);
      items.push(this.value(name, depth + 1));
      this.skip(true);
      const end = this.peek();
      if (end === ",") this.at++;
      else if (end !== "]" && end !== undefined) {
        throw this.error(`a value of the list ${name} is followed by ${this.shown()}: expected , or ]`);
      }
    }
    this.at++;
    return { ...place, items };
  }

  private string(mark: string, place: XlPlace): XlText {
    this.at++;
    let text = "";
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined || next === "\n") {
        throw this.error(`a string is not closed on its line: expected ${mark}`, place);
      }
      this.at++;
      if (next === mark) return { ...place, text, quoted: true };
      if (next !== "\\") {
        text += next;
        continue;
      }
      const letter = this.text[this.at] ?? "";
      const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
      if (character === undefined) {
        this.at--;
        throw this.error(
          /^[0-7x]/.test(letter)
            ? `\\${letter} begins a number, which xl reads and drops: write the character itself`
            : `\\${letter} is no escape of xl: a backslash is written \\\\`,
        );
      }
      this.at++;
      text += character;
    }
  }

  /** Passes over blanks and comments, and over line ends where they mean nothing. */
  private skip(lines: boolean): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === " " || next === "\t" || (next === "\r" && this.text[this.at + 1] === "\n")) this.at++;
      else if (next === "\\" && lines && /^\\[ \t\r]*\n/.test(this.text.slice(this.at, this.at + 80)))
        this.at++;
      else if (next === "\n" && lines) {
        this.lineStart = ++this.at;
        this.line++;
      } else if (next === "#") {
        const end = this.text.indexOf("\n", this.at);
        this.at = end === -1 ? this.text.length : end;
      } else return;
    }
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private noName(place: XlPlace): XlCfgError {
    const word = /[A-Za-z_][\w.]*/y;
    word.lastIndex = this.at;
    const name = word.exec(this.text)?.[0];
    return this.error(
      name === undefined
        ? `${this.shown()} begins no setting: expected a name, such as memory`
        : `${quote(name)} is no name of a setting: names are in lower case`,
      place,
    );
  }

  /** Configurations of xm, Xen's former tool, were programs. */
  private python(): string {
    return "this is a Python expression, which the former tool xm ran and xl does not: write the value itself";
  }

  private shown(): string {
    const next = this.peek();
    if (next === undefined) return "the end of the file";
    return next === "\n" ? "the end of the line" : quote(next);
  }

  private place(): XlPlace {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private error(message: string, place: XlPlace = this.place()): XlCfgError {
    return new XlCfgError(message, place);
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
