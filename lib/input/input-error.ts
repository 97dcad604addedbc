import { VirtConstructsError } from "../errors";

/** Something given to the command line that cannot be used: one line that says what it is and what to do. */
export class InputError extends VirtConstructsError {
  constructor(message: string) {
    super(printable(message));
    this.name = "InputError";
    // The mistake is in what was given; frames of this library would only hide it.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Text of a file on its way into a message: one line, no terminal control sequences, no novels. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return clean.length <= 600 ? clean : `${clean.slice(0, 600)}…`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (permission denied)",
  ENOTDIR: "lies below something that is not a folder",
  EISDIR: "is a folder, not a file",
  ENAMETOOLONG: "has too long a name",
  ELOOP: "is a symbolic link that leads nowhere",
};

/** The system's refusal to read a file, in words. */
export function unreadable(path: string, error: unknown): InputError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  return new InputError(`${path || '""'} ${REASONS[code] ?? `cannot be read (${code})`}`);
}
