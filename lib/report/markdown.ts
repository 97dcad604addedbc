import { FINDINGS, fitting, MarkdownFindings } from "./markdown-findings";
import type { ReportInput } from "./report";

/** GitHub takes comments of 65,536 characters. */
const LIMIT = 60_000;
/** By which a pipeline finds its comment again, to change it rather than write another. */
const MARKER = "<!-- virt-constructs -->";

/** The verdict as Markdown for a comment on a pull request. */
export function markdownReport(report: ReportInput): string {
  const findings = new MarkdownFindings(report);
  const tail = findings.tail(LIMIT / 4);
  const head = [MARKER, ...findings.head("###")];
  const left = LIMIT - Buffer.byteLength([...head, ...tail].join("\n"));
  const rows = findings.open.map((entry) => findings.row(entry));
  return lines([...head, ...fitting(FINDINGS, rows, left, "finding"), "", ...tail]);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n").trimEnd()}\n`;
}
