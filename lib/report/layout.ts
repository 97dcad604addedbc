/** Longer names are cut in headings; messages have them in full. */
export const NAME = 48;

/** Breaks a text at blanks; the first line starts with `lead`, the others are indented as far, or further. */
export function wrap(text: string, width: number, lead: string, further = 0): string {
  const indent = " ".repeat(lead.length + further);
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(" ")) {
    const blank = line === lead || line === indent ? "" : " ";
    if (blank !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += blank + word;
    }
  }
  return [...lines, line].join("\n");
}

/**
 * Two columns in one line, or in two where the left one, `length` characters wide without its colours, is too long.
 */
export function columns(left: string, length: number, right: string, at: number): string {
  return length + 2 > at ? `${left}\n${" ".repeat(at)}${right}` : `${left}${" ".repeat(at - length)}${right}`;
}

/** The beginning of a text that is too long. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Names come from users and files: no line breaks, no control sequences for the terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}
