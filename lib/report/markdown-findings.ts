import { plural } from "../plan/plural";
import { type Entry, entries, settlement, whereabouts } from "./entry";
import { shorten } from "./layout";
import { rulePage } from "./links";
import { markdownDetails, markdownTable, markdownText } from "./markdown-text";
import { notChecked } from "./not-checked";
import { plain } from "./plain";
import type { ReportInput } from "./report";
import { summary } from "./text";

/** Longer than any message that one can read; some list guests. */
const MESSAGE = 1200;
/** Reasons for what was not checked. */
const NOT_CHECKED = 20;

/** What the Markdown formats have in common: their heading, rows of tables, and what comes after them. */
export class MarkdownFindings {
  /** Findings that nobody acknowledged and no earlier run had, worst first. */
  readonly open: readonly Entry[];
  private readonly acknowledged: readonly Entry[];

  constructor(private readonly report: ReportInput) {
    const findings = entries(report).filter(({ outcome }) => outcome === "fail");
    this.open = findings.filter((entry) => settlement(entry) === undefined);
    this.acknowledged = findings.filter(({ acknowledged }) => acknowledged);
  }

  /** What was found, in one line, and what else a reader must know. */
  head(level: "##" | "###"): string[] {
    const { verdict, rules, notes = [] } = this.report;
    const clean = verdict.findings.length === 0 ? [`${plural(rules.length, "rule")} ran.`, ""] : [];
    return [
      `${level} virt-constructs: ${summary(verdict.findings)}`,
      "",
      ...clean,
      ...notes.flatMap((note) => [`> ${markdownText(plain(note))}`, ""]),
    ];
  }

  row(entry: Entry): string[] {
    const { severity, label, related, message, fix = "" } = entry;
    const others = related.length === 0 ? "" : ` and ${related.length} more`;
    return [
      severity === "error" ? "**error**" : severity,
      this.rule(entry),
      `${markdownText(shorten(label, 100))}${others}<br>${markdownText(whereabouts(entry))}`,
      `${markdownText(shorten(message, MESSAGE))}<br>**Fix** ${markdownText(shorten(fix, MESSAGE))}`,
    ];
  }

  /** What refuses nothing: who accepted what, and what could not be decided. */
  tail(limit: number): string[] {
    const accepted = this.acknowledged.map((entry) => [
      this.rule(entry),
      `${markdownText(shorten(entry.label, 100))}<br>${markdownText(whereabouts(entry))}`,
      markdownText(shorten(entry.message, MESSAGE)),
      markdownText(entry.acknowledged!.reason),
      entry.acknowledged!.expires ?? "",
    ]);
    const unchecked = notChecked(this.report.verdict.undetermined);
    const reasons = unchecked.slice(0, NOT_CHECKED).map((line) => `- ${markdownText(shorten(line, 400))}`);
    const more = unchecked.length - reasons.length;
    return [
      ...markdownDetails(
        `${accepted.length} acknowledged`,
        fitting(ACKNOWLEDGED, accepted, limit / 2, "acknowledged finding"),
      ),
      ...markdownDetails("Not checked", more > 0 ? [...reasons, `- and ${more} more reasons`] : reasons),
    ];
  }

  private rule({ code, slug }: Entry): string {
    return `[${code}](${rulePage(slug, this.report.toolVersion)})<br>${slug}`;
  }
}

export const FINDINGS = ["", "Rule", "Where", "What"];
const ACKNOWLEDGED = ["Rule", "Where", "What", "Reason", "Until"];

/** A table with as many rows as fit into so many bytes, and how many did not. */
export function fitting(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  limit: number,
  noun: string,
): string[] {
  let left = limit;
  let count = 0;
  for (; count < rows.length; count++) {
    left -= Buffer.byteLength(rows[count]!.join(" | ")) + 5;
    if (left < 0) break;
  }
  const table = markdownTable(headings, rows.slice(0, count));
  if (count === rows.length) return table;
  return [...table, "", `${plural(rows.length - count, `more ${noun}`)} not shown here.`];
}
