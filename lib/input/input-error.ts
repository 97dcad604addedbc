import { VirtConstructsError } from "../errors";
import { maskPasswords } from "../plan/secrets";
import { oneLine, shorten } from "../report/layout";

/** Something given to the command line that cannot be used: one line that says what it is and what to do. */
export class InputError extends VirtConstructsError {
  constructor(message: string) {
    super(shorten(oneLine(maskPasswords(message)), 600));
    this.name = "InputError";
    this.stack = `${this.name}: ${this.message}`;
  }
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
  return new InputError(`${path} ${REASONS[code] ?? `cannot be read (${code})`}`);
}
