/**
 * A text that Markdown shows as it stands, in one line: no markup, no link, no formula. A comment keeps `@name`, `#1`,
 * `:tada:` and `https://…` from being taken for somebody to notify, an issue, a picture and a link, which a backslash
 * does not.
 */
export function markdownText(text: string): string {
  return (
    text
      .replace(/[&<>`|]/g, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/[\\*_{}[\]()~$!]|(?<=www)\./gi, "\\$&")
      .replace(/(?<!&)[@#]|:(?=[^\s\d]|\d+:)/g, "$&<!-- -->")
      .replace(/\r\n|[\n\r\u2028\u2029]/g, "<br>")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing shows them
      .replace(/[\u0000-\u001f\u007f]/g, " ")
  );
}

/** A table, or nothing when it has no rows. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [headings, headings.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
}

/** What a reader may unfold. */
export function markdownDetails(summary: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}
