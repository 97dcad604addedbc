import { VirtConstructsError } from "../errors";
import { closest } from "../plan/did-you-mean";
import { csvReport } from "./csv";
import { githubReport } from "./github";
import { githubSummary } from "./github-summary";
import { gitlabReport } from "./gitlab";
import { htmlReport } from "./html";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { plain } from "./plain";
import type { ReportFormat } from "./report";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

export type FormatName =
  | "text"
  | "json"
  | "sarif"
  | "junit"
  | "github"
  | "github-summary"
  | "gitlab"
  | "markdown"
  | "csv"
  | "html";

/** Every format of a report, by the name that users give. */
export const FORMATS: Readonly<Record<FormatName, ReportFormat>> = {
  text: ({ verdict, root, notes = [] }) =>
    plain(
      [textReport(verdict, { cwd: root }), ...notes.map((note) => `${note}\n`)].filter(Boolean).join("\n"),
    ),
  json: jsonReport,
  sarif: (report) => sarifReport(report),
  junit: junitReport,
  github: githubReport,
  "github-summary": githubSummary,
  gitlab: gitlabReport,
  markdown: markdownReport,
  csv: csvReport,
  html: htmlReport,
};

/** A report that somebody asked for. */
export interface ReportTarget {
  readonly format: FormatName;
  /** The file to write. @default - standard output */
  readonly file?: string;
}

/**
 * Reads `sarif` or `sarif=reports/virt.sarif`.
 *
 * @throws VirtConstructsError when there is no such format, or no file after the equals sign.
 */
export function parseFormat(text: string): ReportTarget {
  const [, name = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(text.trim())!;
  if (!isFormatName(name)) throw new VirtConstructsError(unknownFormat(name));
  if (file === undefined) return { format: name };
  if (file.trim() === "") {
    throw new VirtConstructsError(
      `The report format "${text.trim()}" names no file: write ${name}=FILE, or ${name} alone`,
    );
  }
  return { format: name, file };
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

function unknownFormat(name: string): string {
  const names = Object.keys(FORMATS);
  const meant = closest(name, names);
  const guess = meant === undefined ? "" : `: did you mean ${meant}?`;
  return `There is no report format "${name}"${guess}\nThe formats are ${names.join(", ")}`;
}
