import { acknowledgement, type Entry, entries, whereabouts } from "./entry";
import { notChecked } from "./not-checked";
import { plain } from "./plain";
import type { ReportInput } from "./report";

const TITLE = [["title", "virt-constructs"]] as const;

/**
 * The verdict as workflow commands of GitHub Actions: what a step prints becomes annotations at the lines of the
 * program. GitHub shows the first ten errors and the first ten warnings of a step there, and all in the log.
 */
export function githubReport(report: ReportInput): string {
  const findings = entries(report).filter(({ outcome, known }) => outcome === "fail" && !known);
  return [
    ...(report.notes ?? []).map((note) => command("warning", TITLE, plain(note))),
    ...findings.map(annotation),
    ...notChecked(report.verdict.undetermined).map((line) => command("notice", TITLE, line)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function annotation(entry: Entry): string {
  const { severity, code, slug, source, message, fix } = entry;
  const accepted = acknowledgement(entry);
  const text = [
    message,
    `fix: ${fix}`,
    ...(source ? [] : [`at: ${whereabouts(entry)}`]),
    ...(accepted === undefined ? [] : [accepted]),
  ];
  const place =
    source === undefined ? [] : [["file", source.file] as const, ["line", String(source.line)] as const];
  const kind = accepted === undefined && severity !== "none" ? severity : "notice";
  return command(kind, [...place, ["title", `${code} ${slug}`]], text.join("\n"));
}

function command(
  kind: "error" | "warning" | "notice",
  properties: readonly (readonly [name: string, value: string])[],
  text: string,
): string {
  const settings = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${kind} ${settings.join(",")}::${escapeData(text)}`;
}

/** What a runner reads back; any other line break would let a name print a command of its own. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
