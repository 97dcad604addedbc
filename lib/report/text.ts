import { relative } from "node:path";
import type { Place } from "../plan/resource";
import type { Finding, Undetermined } from "../rule";
import { countErrors, type Verdict } from "../validation/validate";

export interface TextOptions {
  /** ANSI colours. @default false */
  readonly color?: boolean;
  /** Folder that file names are shown relative to. @default - the current folder */
  readonly cwd?: string;
}

/** Column at which messages start: below the rule's code. */
const INDENT = "         ";
/** Beyond this many places a group names the first ones and counts the others. */
const MAX_PLACES = 8;

/** The verdict as text: grouped by what is to be changed, worst first, with the user's own lines. Empty when clean. */
export function textReport(verdict: Verdict, options: TextOptions = {}): string {
  const paint = options.color ? ansi : plain;
  const cwd = options.cwd ?? process.cwd();
  const blocks: string[] = [];
  for (const [unit, findings] of groups(verdict.findings, (finding) => finding.place.unit)) {
    blocks.push(`${paint.bold(unit)} (${summary(findings)})`);
    for (const [, group] of groups(findings, (finding) => finding.places.map(placeKey).join("\n"))) {
      blocks.push(groupBlock(group, paint, cwd));
    }
  }
  const unchecked = notChecked(verdict.undetermined);
  if (unchecked.length > 0) blocks.push(unchecked.map((line) => `  ${paint.dim(line)}`).join("\n"));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** `2 errors, 1 warning` */
export function summary(findings: readonly Finding[]): string {
  const errors = countErrors(findings);
  const warnings = findings.length - errors;
  const parts = [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""];
  return parts.filter((part) => part !== "").join(", ") || "no findings";
}

function groupBlock(group: readonly Finding[], paint: Paint, cwd: string): string {
  const { places } = group[0]!;
  const shown = places.slice(0, MAX_PLACES);
  const more = places.length > shown.length ? ` and ${places.length - shown.length} more` : "";
  const names = [...new Set(shown.map((place) => place.label))].join(", ") + more;
  const lines = locations(shown, cwd);
  const head = `  ${paint.bold(names.padEnd(Math.max(0, 58 - lines.length)))} ${paint.dim(lines)}`.trimEnd();
  const bodies = group.map((finding) => {
    const severity = finding.severity === "error" ? paint.red("error  ") : paint.yellow("warning");
    return [
      `  ${severity}  ${finding.code}  ${paint.dim(finding.slug)}`,
      ...finding.message.split("\n").map((line) => INDENT + line),
      `${INDENT}${paint.bold("fix")}   ${finding.fix}`,
    ].join("\n");
  });
  return [head, ...bodies].join("\n");
}

/** `main.ts:12, 18, 40`; the construct path or address where no line is known. */
function locations(places: readonly Place[], cwd: string): string {
  const byFile = new Map<string, Set<string>>();
  for (const place of places) {
    const file = place.source
      ? relative(cwd, place.source.file) || place.source.file
      : (place.constructPath ?? place.address ?? place.unit);
    const lines = byFile.get(file) ?? new Set();
    if (place.source) lines.add(String(place.source.line));
    byFile.set(file, lines);
  }
  return [...byFile]
    .map(([file, lines]) => (lines.size ? `${file}:${[...lines].join(", ")}` : file))
    .join("; ");
}

/** One line for each reason, not for each guest: what is missing is said once. */
function notChecked(undetermined: readonly Undetermined[]): string[] {
  const lines: string[] = [];
  const byHost = groups(
    undetermined.filter((each) => each.host),
    (each) => each.host!,
  );
  for (const [host, entries] of byHost) {
    const count = new Set(entries.map((each) => each.code)).size;
    const uri = host.uri === undefined ? "" : ` (capture them from ${host.uri}: docs/host-facts.md)`;
    lines.push(
      `not checked: ${plural(count, "rule")} ${count === 1 ? "needs" : "need"} facts of "${host.label}"${uri}`,
    );
  }
  const byReason = groups(
    undetermined.filter((each) => !each.host),
    (each) => each.reason,
  );
  for (const [reason, entries] of byReason) {
    const codes = [...new Set(entries.map((each) => each.code))].sort();
    const subjects = Math.max(...entries.map((each) => each.count));
    const whom =
      subjects === 1
        ? `"${entries[0]!.place.label}"`
        : `"${entries[0]!.place.label}" and ${subjects - 1} more`;
    lines.push(`not checked: ${codes.join(", ")} for ${whom}: ${reason}`);
  }
  return lines;
}

function placeKey(place: Place): string {
  return `${place.unit}/${place.constructPath ?? place.address ?? place.label}`;
}

function groups<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const result = new Map<K, T[]>();
  for (const item of items) {
    const group = result.get(key(item));
    if (group) group.push(item);
    else result.set(key(item), [item]);
  }
  return result;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
}

const plain: Paint = { bold: same, dim: same, red: same, yellow: same };
const ansi: Paint = { bold: sgr(1, 22), dim: sgr(2, 22), red: sgr(31, 39), yellow: sgr(33, 39) };

function same(text: string): string {
  return text;
}

function sgr(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}
