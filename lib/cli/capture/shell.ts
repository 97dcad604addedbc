import { execFile } from "node:child_process";

/** What came of a command. */
export type Ran = { readonly stdout: string } | { readonly failed: string };

/** Runs a program without a shell; nothing is asked of the user. */
export type Run = (program: string, args: readonly string[]) => Promise<Ran>;

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 2 ** 20;

/** Runs programs of this machine, whose output is not translated. */
export const runLocally: Run = (program, args) =>
  new Promise((resolve) => {
    const options = {
      env: { ...process.env, LC_ALL: "C" },
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_BYTES,
      encoding: "utf8" as const,
    };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout });
      else resolve({ failed: reason(program, error, stderr) });
    });
    child.stdin?.end();
  });

function reason(
  program: string,
  error: Error & { code?: unknown; killed?: boolean },
  stderr: string,
): string {
  if (error.code === "ENOENT") return `${program} is not installed here`;
  if (error.killed) return `${program} did not end within ${TIMEOUT_MS / 1000} seconds`;
  const line = stderr
    .split("\n")
    .map((each) => each.replace(/^error: /, "").trim())
    .filter((each) => each !== "")
    .at(-1);
  return line ?? `${program} ended with ${String(error.code)}`;
}
