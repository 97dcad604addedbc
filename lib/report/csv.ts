import { type Entry, entries } from "./entry";
import type { ReportInput } from "./report";

const COLUMNS: ReadonlyArray<
  readonly [heading: string, cell: (entry: Entry) => string | number | undefined]
> = [
  ["code", ({ code }) => code],
  ["slug", ({ slug }) => slug],
  ["severity", ({ severity }) => severity],
  ["outcome", ({ outcome }) => outcome],
  ["unit", ({ unit }) => unit],
  ["label", ({ label }) => label],
  ["message", ({ message }) => message],
  ["fix", ({ fix }) => fix],
  ["constructPath", ({ constructPath }) => constructPath],
  ["address", ({ address }) => address],
  ["attribute", ({ attribute }) => attribute],
  ["file", ({ source }) => source?.file],
  ["line", ({ source }) => source?.line],
  ["related", ({ related }) => related.map(({ label }) => label).join(", ")],
  ["fingerprint", ({ fingerprint }) => fingerprint],
  ["acknowledged", ({ acknowledged }) => acknowledged?.reason],
  ["expires", ({ acknowledged }) => acknowledged?.expires],
  ["known", ({ known }) => (known ? "yes" : "")],
];

/** The verdict as CSV (RFC 4180), a row for each finding and for what could not be decided. */
export function csvReport(report: ReportInput): string {
  const rows = [COLUMNS.map(([heading]) => heading), ...entries(report).map(cells)];
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function cells(entry: Entry): string[] {
  return COLUMNS.map(([, cell]) => String(cell(entry) ?? ""));
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What spreadsheets take for a formula, in which a name could hide a command; an apostrophe makes it text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
