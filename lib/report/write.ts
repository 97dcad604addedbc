import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { VirtConstructsError } from "../errors";
import { FORMATS, type ReportTarget } from "./formats";
import type { ReportInput } from "./report";

export interface WriteOptions {
  /** Takes the reports that go to no file. @default - standard output */
  readonly print?: (text: string) => void;
  /** @default - those of the process */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes each report to its file, whose folder is made if need be; a report without a file is printed. All are tried:
 * one that cannot be written keeps none of the others from being there.
 *
 * @throws VirtConstructsError that names every file that could not be written, and why.
 */
export function writeReports(
  targets: readonly ReportTarget[],
  report: ReportInput,
  { print = (text) => process.stdout.write(text), env = process.env }: WriteOptions = {},
): void {
  const failures: string[] = [];
  for (const { format, file } of targets) {
    const text = FORMATS[format](report);
    if (file === undefined) print(text);
    else {
      try {
        // The summary of a step is one file, to which every command of the step adds.
        writeText(`${format} report`, file, text, file === env.GITHUB_STEP_SUMMARY);
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
  }
  if (failures.length > 0) throw new VirtConstructsError(failures.join("\n"));
}

/**
 * Writes a file, whose folder is made if need be.
 *
 * @throws VirtConstructsError that says why it could not be written.
 */
export function writeText(what: string, file: string, text: string, append = false): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    (append ? appendFileSync : writeFileSync)(file, text);
  } catch (error) {
    throw new VirtConstructsError(`The ${what} could not be written to ${file}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied; name a folder that you may write to",
  EPERM: "permission denied; name a folder that you may write to",
  EROFS: "the file system is read-only; name a folder that you may write to",
  EISDIR: "it is a folder; name a file in it",
  EEXIST: "a part of its folder is a file; name another folder",
  ENOTDIR: "a part of its folder is a file; name another folder",
  ENOSPC: "no space is left there; free some, or name another folder",
};
