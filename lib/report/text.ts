import { isAbsolute, relative } from "node:path";
import { plural } from "../plan/plural";
import type { Place } from "../plan/resource";
import type { Finding } from "../rule";
import { countErrors, open, type Verdict } from "../validation/validate";
import { type Paint, paintOf } from "./color";
import { columns, NAME, oneLine, shorten, wrap } from "./layout";
import { notChecked } from "./not-checked";
import { groups } from "./words";

export interface TextOptions {
  /** ANSI colours. @default false */
  readonly color?: boolean;
  /** Folder that file names are shown relative to. @default - the current folder */
  readonly cwd?: string;
  /** Columns that text is wrapped at; between 60 and 120. @default 120 */
  readonly width?: number;
}

/** Column at which messages start: below the rule's code. */
const INDENT = " ".repeat(11);
const FIX = `${INDENT}fix   `;
/** What stands before the place to change. */
const LOCATION = 61;
/** Longer than any message that one can read; some list guests. */
const MESSAGE = 1200;
/** Of one mistake that is everywhere, so many are shown in full: the others look the same. */
const SHOWN_OF_A_RULE = 10;
const SHOWN = 100;
/** So many names or line numbers stand for a set of places. */
const NAMED = 8;
/** Places whose line is looked up. */
const LOOKED_AT = 16;
const NOT_CHECKED = 12;

/** The verdict as text: grouped by what is to be changed, worst first, with the user's own lines. Empty when clean. */
export function textReport(verdict: Verdict, options: TextOptions = {}): string {
  const { color = false, cwd = process.cwd(), width = 120 } = options;
  const layout = { paint: paintOf(color), cwd, width: Math.min(Math.max(width, 60), 120) };
  const { shown, cut } = select(open(verdict.findings));
  const blocks: string[] = [];
  const units = groups(verdict.findings, (finding) => finding.place.unit);
  for (const [unit, findings] of groups(shown, (finding) => finding.place.unit)) {
    blocks.push(`${layout.paint.bold(oneLine(unit))} (${summary(units.get(unit)!)})`);
    for (const group of groups(findings, placesKey).values()) blocks.push(groupBlock(group, layout));
  }
  if (cut.length > 0) blocks.push(cutBlock(cut, layout));
  const acknowledged = verdict.findings.filter((finding) => finding.acknowledged && !finding.known);
  if (acknowledged.length > 0) blocks.push(acknowledgedBlock(acknowledged, layout));
  const unchecked = notChecked(verdict.undetermined);
  if (unchecked.length > 0) blocks.push(uncheckedBlock(unchecked, layout));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** `2 errors, 1 warning` */
export function summary(findings: readonly Finding[]): string {
  const errors = countErrors(findings);
  const warnings = open(findings).length - errors;
  const known = findings.filter((finding) => finding.known).length;
  const acknowledged = findings.length - errors - warnings - known;
  const parts = [
    errors > 0 ? plural(errors, "error") : "",
    warnings > 0 ? plural(warnings, "warning") : "",
    acknowledged > 0 ? `${acknowledged} acknowledged` : "",
    known > 0 ? `${known} known` : "",
  ];
  return parts.filter((part) => part !== "").join(", ") || "no findings";
}

interface Layout {
  readonly paint: Paint;
  readonly cwd: string;
  readonly width: number;
}

/** Every kind of mistake, but not thousands of each. Findings come errors first, so that warnings are cut first. */
function select(findings: readonly Finding[]): { shown: Finding[]; cut: Finding[] } {
  const ofRule = new Map<string, number>();
  const shown: Finding[] = [];
  const cut: Finding[] = [];
  for (const finding of findings) {
    const seen = ofRule.get(ruleKey(finding)) ?? 0;
    ofRule.set(ruleKey(finding), seen + 1);
    (seen < SHOWN_OF_A_RULE && shown.length < SHOWN ? shown : cut).push(finding);
  }
  return { shown, cut };
}

function groupBlock(group: readonly Finding[], { paint, cwd, width }: Layout): string {
  const { places } = group[0]!;
  const names = fitNames(places, LOCATION - 4);
  const location = locations(places, cwd, width - LOCATION);
  const head = columns(`  ${paint.bold(names)}`, names.length + 2, paint.dim(location), LOCATION);
  const bodies = group.map((finding) =>
    [
      `  ${severityLabel(finding, paint)}  ${finding.code}  ${paint.dim(finding.slug)}`,
      ...finding.message.split("\n").map((line) => wrap(shorten(oneLine(line), MESSAGE), width, INDENT)),
      wrap(shorten(oneLine(finding.fix), MESSAGE), width, FIX).replace("fix", paint.bold("fix")),
    ].join("\n"),
  );
  return [head, ...bodies].join("\n");
}

/** What is not shown in full, a line for each rule. */
function cutBlock(cut: readonly Finding[], { paint, width }: Layout): string {
  const lines = [...groups(cut, ruleKey).values()].map((findings) => {
    const [{ code, slug }] = findings as [Finding];
    const where = fitNames(
      findings.map((finding) => finding.place),
      width - 40 - slug.length,
    );
    return `  ${severityLabel(findings[0]!, paint)}  ${code}  ${paint.dim(slug)}  ${findings.length} more: ${where}`;
  });
  return [`${paint.bold("not shown in full")} (${summary(cut)})`, "", ...lines].join("\n");
}

/** What somebody accepted: a line for each rule and reason, for who reads this later. */
function acknowledgedBlock(findings: readonly Finding[], { paint, width }: Layout): string {
  const byReason = groups(findings, ({ code, acknowledged }) => {
    return [code, acknowledged!.reason, acknowledged!.expires].join("\n");
  });
  const lines = [...byReason.values()].map((group) => {
    const { code, slug, acknowledged } = group[0]!;
    const { reason, expires } = acknowledged!;
    const where = fitNames(
      group.map((finding) => finding.place),
      LOCATION - 4,
    );
    const until = expires === undefined ? "" : ` (until ${expires})`;
    const text = `${where}: ${shorten(oneLine(reason), MESSAGE)}${until}`;
    return `  ${code}  ${paint.dim(slug)}\n${wrap(text, width, INDENT)}`;
  });
  return [paint.bold(`acknowledged (${findings.length})`), "", ...lines].join("\n");
}

function severityLabel({ severity }: Finding, paint: Paint): string {
  return severity === "error" ? paint.red("error  ") : paint.yellow("warning");
}

/** `db1, db2 and 12 more`: as many names as fit, at least one. */
function fitNames(places: readonly Place[], width: number): string {
  const labels = new Set<string>();
  for (const place of places) labels.add(shorten(oneLine(place.label), NAME));
  const names = [...labels];
  let shown = Math.min(names.length, NAMED);
  while (shown > 1 && namesText(names, shown).length > width) shown--;
  return namesText(names, shown);
}

function namesText(names: readonly string[], shown: number): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  return names.slice(0, shown).join(", ") + more;
}

/** `main.ts:12, 18, 40`; the construct path or address where no line is known. As many as fit, at least one. */
function locations(places: readonly Place[], cwd: string, width: number): string {
  const spots = new Map<string, Spot>();
  // Guests made in a loop have one line; formatting the trace of each would take longer than all the rules.
  for (const place of places.slice(0, LOOKED_AT)) {
    const spot = spotOf(place, cwd);
    spots.set(`${spot.file}:${spot.line}`, spot);
    if (spots.size > NAMED) break;
  }
  const all = [...spots.values()];
  let shown = Math.min(all.length, NAMED);
  while (shown > 1 && spotsText(all, shown).length > width) shown--;
  return spotsText(all, shown);
}

interface Spot {
  readonly file: string;
  readonly line?: number;
}

function spotOf(place: Place, cwd: string): Spot {
  const { source } = place;
  if (source) return { file: fileName(source.file, cwd), line: source.line };
  return { file: oneLine(place.constructPath ?? place.address ?? place.unit) };
}

function spotsText(spots: readonly Spot[], shown: number): string {
  const byFile = groups(spots.slice(0, shown), (spot) => spot.file);
  const texts = [...byFile].map(([file, [first, ...more]]) =>
    [first?.line === undefined ? file : `${file}:${first.line}`, ...more.map((spot) => spot.line)].join(", "),
  );
  return texts.join("; ") + (spots.length > shown ? ", …" : "");
}

/** Relative where that is below the folder; an absolute path is easier to follow than one with ../../. */
function fileName(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? file : path;
}

function uncheckedBlock(lines: readonly string[], { paint, width }: Layout): string {
  const shown = lines.slice(0, NOT_CHECKED);
  if (lines.length > shown.length) shown.push(`not checked: ${lines.length - shown.length} more reasons`);
  return shown
    .map((line) =>
      wrap(oneLine(line), width, "  ", 4)
        .split("\n")
        .map((each) => paint.dim(each))
        .join("\n"),
    )
    .join("\n");
}

function ruleKey({ severity, code }: Finding): string {
  return `${severity} ${code}`;
}

function placesKey({ places }: Finding): string {
  return places
    .map((place) => `${place.unit}/${place.constructPath ?? place.address ?? place.label}`)
    .join("\n");
}
