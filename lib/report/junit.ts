import type { Rule } from "../rule";
import { xmlText } from "../xml/text";
import { type Entry, entries, settlement, whereabouts } from "./entry";
import { plain } from "./plain";
import type { ReportInput } from "./report";
import { groups } from "./words";

/**
 * The verdict as JUnit XML. A suite for each stack has a test case for each finding: an error has failed; a warning,
 * what somebody acknowledged, what an earlier run found and what could not be decided were skipped, since they refuse nothing. The first suite has
 * the rules that found nothing at all, which have passed.
 */
export function junitReport(report: ReportInput): string {
  const all = entries(report);
  const found = new Set(all.map(({ code }) => code));
  const passed = report.rules.filter(({ code }) => !found.has(code));
  const cases = all.map(testCase);
  const suites = groups(cases, ({ unit }) => unit);
  const notes = (report.notes ?? []).map((note) => `${plain(note)}\n`).join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="virt-constructs" ${counts(passed.length, cases)}>`,
    `  <testsuite name="rules" ${counts(passed.length, [])}>`,
    ...passed.map((rule) => `    <testcase classname="rules" name="${ruleName(rule)}"/>`),
    ...(notes === "" ? [] : [`    <system-out>${xmlText(notes)}</system-out>`]),
    "  </testsuite>",
    ...[...suites].flatMap(([unit, ofUnit]) => [
      `  <testsuite name="${xmlText(unit)}" ${counts(0, ofUnit)}>`,
      ...ofUnit.map(({ xml }) => xml),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

interface TestCase {
  readonly unit: string;
  readonly failed: boolean;
  readonly xml: string;
}

function testCase(entry: Entry): TestCase {
  const { unit, label, source, severity, message, fix } = entry;
  const failed = severity === "error" && settlement(entry) === undefined;
  const name = `${ruleName(entry)}: ${xmlText(label)}`;
  const at = source ? ` file="${xmlText(source.file)}" line="${source.line}"` : "";
  const text = [message, ...(fix === undefined ? [] : [`fix: ${fix}`]), `at: ${whereabouts(entry)}`].join(
    "\n",
  );
  const outcome = failed
    ? `<failure type="error" message="${xmlText(message)}">${xmlText(text)}</failure>`
    : `<skipped message="${xmlText(skipped(entry))}"/><system-out>${xmlText(text)}</system-out>`;
  const xml = `    <testcase classname="${xmlText(unit)}" name="${name}"${at}>${outcome}</testcase>`;
  return { unit, failed, xml };
}

function skipped(entry: Entry): string {
  const kind = settlement(entry) ?? (entry.outcome === "undetermined" ? "not checked" : entry.severity);
  return `${kind}: ${entry.message}`;
}

function counts(passed: number, cases: readonly TestCase[]): string {
  const failures = cases.filter(({ failed }) => failed).length;
  const tests = passed + cases.length;
  return `tests="${tests}" failures="${failures}" errors="0" skipped="${cases.length - failures}"`;
}

function ruleName({ code, slug }: Pick<Rule, "code" | "slug">): string {
  return xmlText(`${code} ${slug}`);
}
