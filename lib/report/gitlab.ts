import { createHash } from "node:crypto";
import { acknowledgement, type Entry, entries } from "./entry";
import type { ReportInput } from "./report";

/**
 * The verdict as a GitLab code quality report. What could not be decided is not in it: GitLab would call it a
 * degradation of the code.
 */
export function gitlabReport(report: ReportInput): string {
  const findings = entries(report).filter(({ outcome }) => outcome === "fail");
  return `${JSON.stringify(findings.map(issue), undefined, 2)}\n`;
}

function issue(entry: Entry) {
  const { code, message, fix, fingerprint, source, unit } = entry;
  const accepted = acknowledgement(entry);
  return {
    description: [message, `Fix: ${fix}`, ...(accepted === undefined ? [] : [accepted])].join("\n"),
    check_name: code,
    fingerprint: createHash("sha256").update(fingerprint).digest("hex"),
    severity: severity(entry),
    // GitLab needs a file: what no line is known of is in line 1 of one with the name of its stack.
    location: { path: source?.file ?? unit, lines: { begin: source?.line ?? 1 } },
  };
}

function severity(entry: Entry): "critical" | "minor" | "info" {
  if (entry.acknowledged) return "info";
  return entry.severity === "error" ? "critical" : "minor";
}
