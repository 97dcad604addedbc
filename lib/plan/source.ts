import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { IConstruct } from "constructs";

/** A place in the user's own code. */
export interface SourceLine {
  /** Absolute path. */
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
}

const TRACE = Symbol.for("virt-constructs/trace");
/** The folder of this library's code, whether run from lib or from dist. */
const LIBRARY = `${dirname(__dirname)}${sep}`;
const DEPENDENCY = /[\\/]node_modules[\\/]/;
/** `at web (/srv/my (old) rack/main.ts:3:5)`, `at file:///srv/main.mjs:3:5`, `at async C:\\rack\\main.ts:3:5`. */
const FRAME = /^at (?:async )?(?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;
/** Deep enough for a construct that builds constructs; deeper costs time for each of them. */
const DEPTH = 16;

/** Holds a stack trace, and from the first question on the line that it leads to. */
interface Trace {
  stack?: string;
  line?: SourceLine | null;
}

/** The construct that is being made, and its trace for the resources that it makes. */
let shared: { readonly maker: IConstruct; readonly trace: Trace } | undefined;

/**
 * Remembers where a construct was made, or something that was given to it. Only a stack object is kept, and formatted when a finding needs it:
 * formatting each would cost five times as much.
 */
export function recordSource(construct: IConstruct, of: object = construct): void {
  const trace = shared && isWithin(construct, shared.maker) ? shared.trace : capture(recordSource);
  Object.defineProperty(of, TRACE, { value: trace, configurable: true });
}

/**
 * Until the function that this returns is called, what is made within a construct has one place in the user's
 * code: that of the construct itself. Should an error keep it from being called, nothing else is concerned.
 */
export function shareSource(maker: IConstruct): () => void {
  if (shared && isWithin(maker, shared.maker)) return () => {};
  const before = shared;
  shared = { maker, trace: capture(shareSource) };
  return () => {
    shared = before;
  };
}

function isWithin(construct: IConstruct, maker: IConstruct): boolean {
  for (let c: IConstruct | undefined = construct; c; c = c.node.scope) if (c === maker) return true;
  return false;
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
  const trace = (construct as { [TRACE]?: Trace })[TRACE];
  if (trace === undefined) return undefined;
  if (trace.line === undefined) trace.line = userLine(trace.stack) ?? null;
  return trace.line ?? undefined;
}

/** The first frame of a stack text that is neither this library, nor a dependency, nor Node itself. */
export function userLine(stack: unknown): SourceLine | undefined {
  // A program may format stacks in its own way (Error.prepareStackTrace).
  if (typeof stack !== "string") return undefined;
  for (const text of stack.split("\n")) {
    const frame = FRAME.exec(text.trim());
    if (!frame || text.includes("(eval at ")) continue;
    const file = frame[1]!.startsWith("file://") ? fileURLToPath(frame[1]!) : frame[1]!;
    if (file.startsWith(LIBRARY) || DEPENDENCY.test(file)) continue;
    return throughSourceMap({ file, line: Number(frame[2]) }, Number(frame[3]));
  }
  return undefined;
}

const maps = new Map<string, { readonly map: SourceMap; readonly base: URL } | undefined>();

/** Compiled JavaScript run without --enable-source-maps still points at the TypeScript when its map lies beside it. */
function throughSourceMap(compiled: SourceLine, column: number): SourceLine {
  if (!/\.[cm]?js$/.test(compiled.file)) return compiled;
  if (!maps.has(compiled.file)) maps.set(compiled.file, readMap(`${compiled.file}.map`));
  const found = maps.get(compiled.file);
  const entry = found?.map.findEntry(compiled.line - 1, column - 1);
  if (!found || !entry || !("originalSource" in entry)) return compiled;
  try {
    const file = fileURLToPath(new URL(entry.originalSource, found.base));
    return { file, line: entry.originalLine + 1 };
  } catch {
    // A bundler's webpack://… names no file.
    return compiled;
  }
}

function readMap(file: string): { map: SourceMap; base: URL } | undefined {
  try {
    const payload = JSON.parse(readFileSync(file, "utf8")) as SourceMapPayload;
    const root = payload.sourceRoot ? `${payload.sourceRoot.replace(/\/$/, "")}/` : "";
    return { map: new SourceMap(payload), base: new URL(root, pathToFileURL(file)) };
  } catch {
    return undefined;
  }
}
