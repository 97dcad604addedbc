import { FINDINGS, fitting, MarkdownFindings } from "./markdown-findings";
import { markdownText } from "./markdown-text";
import type { ReportInput } from "./report";
import { groups } from "./words";

/** GitHub takes 1 MiB from a step. */
const LIMIT = 1_000_000;

/** The verdict as Markdown for the summary of a GitHub Actions job: the findings of each stack. */
export function githubSummary(report: ReportInput): string {
  const findings = new MarkdownFindings(report);
  const tail = findings.tail(LIMIT / 4);
  const head = findings.head("##");
  let left = LIMIT - Buffer.byteLength([...head, ...tail].join("\n"));
  const sections: string[] = [];
  for (const [unit, ofUnit] of groups(findings.open, (entry) => entry.unit)) {
    const rows = ofUnit.map((entry) => findings.row(entry));
    const section = [`### ${markdownText(unit)}`, "", ...fitting(FINDINGS, rows, left, "finding"), ""];
    sections.push(...section);
    left -= Buffer.byteLength(section.join("\n"));
  }
  return `${[...head, ...sections, ...tail].join("\n").trimEnd()}\n`;
}
