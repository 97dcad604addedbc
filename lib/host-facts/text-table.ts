import { Unreadable } from "./unreadable";

/** The `key: value` lines of a text, by key. The first of a repeated key wins. */
export function colonLines(text: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const line of completeLines(text)) {
    const colon = line.indexOf(":");
    const key = line.slice(0, colon).trim();
    if (colon > 0 && !lines.has(key)) lines.set(key, line.slice(colon + 1).trim());
  }
  return lines;
}

/** The rows of a table that virsh prints, each by column title; the last cells of a row may be empty. */
export function tableRows(
  text: string,
  columns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  const [header = "", rule = "", ...rows] = completeLines(text);
  const titles = cells(header);
  if (!/^-+$/.test(rule.trim()) || columns.some((column) => !titles.includes(column))) {
    throw new Unreadable(`does not begin with a table of ${columns.join(", ")}`);
  }
  return rows
    .filter((row) => row.trim() !== "")
    .map((row) => {
      const values = cells(row);
      if (values.length > titles.length)
        throw new Unreadable(`has the row "${row}", which has too many columns`);
      return Object.fromEntries(titles.map((title, index) => [title, values[index] ?? ""]));
    });
}

/** virsh separates columns by two or more blanks; a name may hold a single one. */
function cells(line: string): string[] {
  return line.trim().split(/\s{2,}/);
}

/**
 * The lines of a command's output. Every command ends its last line, so one without an end is cut: what it
 * says ("Memory size: 99227") may be wrong, not just incomplete.
 */
export function completeLines(text: string): readonly string[] {
  if (!text.endsWith("\n")) throw new Unreadable("does not end with a line break, so it is truncated");
  return text.split(/\r?\n/).slice(0, -1);
}

/** A yes-or-no cell. */
export function oneOf(value: string, yes: string, no: string): boolean {
  if (value === yes) return true;
  if (value === no) return false;
  throw new Unreadable(`has "${value}" where ${yes} or ${no} belongs; was it captured in another language?`);
}
