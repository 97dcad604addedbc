import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in the user's own code. */
export interface SourceLine {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
}

const TRACE = Symbol.for("virt-constructs/trace");
/** The folder of this library's code, whether run from lib or from dist. */
const LIBRARY = `${dirname(__dirname)}${sep}`;
const FRAME = /\(?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/;
/** Deep enough for a construct that builds constructs; deeper costs time for each of them. */
const DEPTH = 16;

interface Trace {
  stack?: string;
}

/** The trace of the construct that is being made, for the resources that it makes. */
let shared: Trace | undefined;

/**
 * Remembers where a construct was made. Only a stack object is kept, and formatted when a finding needs it:
 * formatting each would cost five times as much.
 */
export function recordSource(construct: object): void {
  Object.defineProperty(construct, TRACE, { value: shared ?? capture(recordSource), configurable: true });
}

/**
 * Until the function that this returns is called, everything that is made has one place in the user's code: that
 * of the construct which makes it.
 */
export function shareSource(): () => void {
  if (shared) return () => {};
  shared = capture(shareSource);
  return () => {
    shared = undefined;
  };
}

function capture(below: (...args: never[]) => unknown): Trace {
  const trace: Trace = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(trace, below);
  Error.stackTraceLimit = limit;
  return trace;
}

/** The line of the user's code that made the construct, if it was recorded and lies outside this library. */
export function sourceOf(construct: object): SourceLine | undefined {
  const holder = (construct as { [TRACE]?: { stack?: string } })[TRACE];
  return holder?.stack === undefined ? undefined : userLine(holder.stack);
}

/** The first frame of a stack text that is neither this library, nor a dependency, nor Node itself. */
export function userLine(stack: string): SourceLine | undefined {
  for (const text of stack.split("\n").slice(1)) {
    const match = FRAME.exec(text.trim());
    if (!match) continue;
    const file = match[1]!.startsWith("file://") ? fileURLToPath(match[1]!) : match[1]!;
    if (file.startsWith(LIBRARY) || file.includes(`${sep}node_modules${sep}`)) continue;
    return throughSourceMap({ file, line: Number(match[2]) }, Number(match[3]));
  }
  return undefined;
}

/** Compiled JavaScript run without --enable-source-maps still points at the TypeScript when its map lies beside it. */
function throughSourceMap(compiled: SourceLine, column: number): SourceLine {
  if (!/\.[cm]?js$/.test(compiled.file)) return compiled;
  try {
    const payload = JSON.parse(readFileSync(`${compiled.file}.map`, "utf8")) as SourceMapPayload;
    const entry = new SourceMap(payload).findEntry(compiled.line - 1, column - 1);
    if (!("originalSource" in entry)) return compiled;
    const base = `file://${dirname(compiled.file)}/`;
    return { file: fileURLToPath(new URL(entry.originalSource, base)), line: entry.originalLine + 1 };
  } catch {
    return compiled;
  }
}
