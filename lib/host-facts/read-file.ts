import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { HostFactsError } from "./error";

/** No real capture comes near this: capabilities of a host with hundreds of CPUs take less than 1 MiB. */
const MAX_MIB = 16;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (permission denied)",
  ENOTDIR: "lies below something that is not a folder",
  ENAMETOOLONG: "has too long a name",
  ELOOP: "is a symbolic link that leads nowhere",
};

/** An error about `file` that says why the system refused to read it. */
export function systemError(file: string, error: unknown): HostFactsError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? `cannot be read (${code})`;
  return new HostFactsError(
    file,
    reason,
    `check the path, which means ${resolve(file)}, and its permissions`,
  );
}

/**
 * The text of one file: regular, not empty, of bounded size, UTF-8.
 *
 * @param fix what a message tells the user to do when the file is something else.
 */
export function readText(file: string, fix: string): string {
  const bytes = readBounded(file, fix);
  // PowerShell's ">" writes UTF-16, with a byte-order mark.
  if (bytes.length > 1 && /^(fffe|feff)/.test(bytes.toString("hex", 0, 2))) {
    throw new HostFactsError(file, "is UTF-16, not UTF-8", "save it as UTF-8");
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new HostFactsError(file, "is binary or not UTF-8", fix);
  if (text.trim() === "") throw new HostFactsError(file, "is empty", fix);
  return text;
}

function readBounded(file: string, fix: string): Buffer {
  try {
    // Looked at before it is opened: a pipe would block, a device never end.
    const stat = statSync(file);
    if (stat.isDirectory()) throw new HostFactsError(file, "is a folder, not a file", fix);
    if (!stat.isFile()) throw new HostFactsError(file, "is not a regular file", fix);
    if (stat.size > MAX_MIB * 2 ** 20) {
      const size = Math.ceil(stat.size / 2 ** 20);
      throw new HostFactsError(file, `has ${size} MiB; no capture has more than ${MAX_MIB} MiB`, fix);
    }
    return readFileSync(file);
  } catch (error) {
    throw HostFactsError.isHostFactsError(error) ? error : systemError(file, error);
  }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
