import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { recordSource, shareSource, sourceOf, userLine } from "../../lib/plan/source";

/*
 * How runtimes and compilers of a user's program show up is tested in programs.test.ts, in processes of their own.
 */

const LIB = path.join(__dirname, "../../lib");

describe("the first frame of the user's", () => {
  it.each<[string, string, string, number]>([
    ["in a function", "at make (/srv/rack/main.ts:3:5)", "/srv/rack/main.ts", 3],
    ["outside of any", "at /srv/rack/main.ts:12:1", "/srv/rack/main.ts", 12],
    ["in a constructor", "at new Worker (/srv/rack/main.ts:4:5)", "/srv/rack/main.ts", 4],
    ["in a method with an alias", "at Rack.add [as make] (/srv/rack/main.ts:4:5)", "/srv/rack/main.ts", 4],
    ["in an async function", "at async main (/srv/rack/main.ts:4:5)", "/srv/rack/main.ts", 4],
    ["in an async module", "at async /srv/rack/main.mjs:4:5", "/srv/rack/main.mjs", 4],
    ["in an ES module", "at make (file:///srv/my%20rack/main.mjs:3:5)", "/srv/my rack/main.mjs", 3],
    ["in an ES module, outside", "at file:///srv/rack/main.mjs:3:5", "/srv/rack/main.mjs", 3],
    ["with a loader's query", "at file:///srv/rack/main.ts?tsx-namespace=1:3:5", "/srv/rack/main.ts", 3],
    ["in a folder with brackets", "at f (/srv/my (old) rack/main.ts:3:5)", "/srv/my (old) rack/main.ts", 3],
    ["with brackets, outside", "at /srv/my (old)/main.ts:3:5", "/srv/my (old)/main.ts", 3],
    ["with a colon", "at f (/srv/a:b:1/main.ts:3:5)", "/srv/a:b:1/main.ts", 3],
    ["on Windows", "at f (C:\\rack\\main.ts:3:5)", "C:\\rack\\main.ts", 3],
  ])("%s", (_, frame, file, line) => {
    expect(userLine(`Error\n    ${frame}`)).toEqual({ file, line });
  });

  it.each([
    ["this library", `at new Guest (${LIB}/guest/guest.ts:10:1)`],
    ["a dependency", "at new Construct (/srv/rack/node_modules/constructs/lib/construct.js:4:1)"],
    ["a dependency of a store", "at f (/srv/node_modules/.pnpm/x@1/node_modules/x/index.js:4:1)"],
    ["a dependency that is an ES module", "at file:///srv/rack/node_modules/x/index.mjs:4:1"],
    ["a dependency on Windows", "at f (C:\\rack\\node_modules\\x\\index.js:4:1)"],
    ["Node", "at Module._compile (node:internal/modules/cjs/loader:1364:14)"],
    ["nothing that has a file", "at Array.forEach (<anonymous>)"],
    ["code without a file of its own", "at eval (eval at f (/srv/rack/other.ts:1:1), <anonymous>:1:7)"],
  ])("is not that of %s", (_, frame) => {
    expect(userLine(`Error\n    ${frame}`)).toBeUndefined();
    expect(userLine(`Error\n    ${frame}\n    at /srv/rack/main.ts:7:1`)).toEqual({
      file: "/srv/rack/main.ts",
      line: 7,
    });
  });

  it("is none of a stack that a program formats in its own way", () => {
    expect(userLine([{ getFileName: () => "/srv/rack/main.ts" }])).toBeUndefined();
    expect(userLine(undefined)).toBeUndefined();
    expect(userLine("")).toBeUndefined();
  });
});

describe("a source map beside compiled JavaScript", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "source-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;

  /** Each case has files of its own, because maps are read once. */
  function lineWith(map: object | string): { file: string; line: number } | undefined {
    const dist = path.join(folder, `case${++count}`, "dist");
    mkdirSync(dist, { recursive: true });
    const text = typeof map === "string" ? map : JSON.stringify(map);
    writeFileSync(path.join(dist, "main.js.map"), text);
    const line = userLine(`Error\n    at ${path.join(dist, "main.js")}:1:1`);
    return line && { ...line, file: path.relative(path.dirname(dist), line.file) };
  }
  // "AAEA": the first column of the first line comes from the third line of the first source.
  const map = { version: 3, names: [], mappings: "AAEA" };

  it("leads to the source", () => {
    expect(lineWith({ ...map, sources: ["../src/main.ts"] })).toEqual({ file: "src/main.ts", line: 3 });
  });

  it("leads to it by its root", () => {
    const sources = ["main.ts"];
    expect(lineWith({ ...map, sources, sourceRoot: "../src" })).toEqual({ file: "src/main.ts", line: 3 });
    expect(lineWith({ ...map, sources, sourceRoot: "../src/" })).toEqual({ file: "src/main.ts", line: 3 });
  });

  it.each<[string, object | string]>([
    ["is no JSON", "}{"],
    ["is no map", { version: 3 }],
    ["does not know the line", { ...map, sources: ["../src/main.ts"], mappings: "" }],
    ["names no file", { ...map, sources: ["webpack://rack/./src/main.ts"] }],
  ])("leads nowhere when it %s", (_, broken) => {
    expect(lineWith(broken)).toEqual({ file: "dist/main.js", line: 1 });
  });
});

describe("recording", () => {
  const newStack = () => new TerraformStack(new App({ outdir: tmpdir() }), "rack");
  const lineHere = () => Number(/source\.test\.ts:(\d+)/.exec(new Error().stack!.split("\n")[2]!)![1]);

  it("finds the line of this file, as Jest shows it", () => {
    const construct = newStack();
    recordSource(construct);
    expect(sourceOf(construct)).toEqual({ file: __filename, line: lineHere() - 1 });
  });

  it("leaves the program's own limit of stack traces alone, and does not depend on it", () => {
    const limit = Error.stackTraceLimit;
    const construct = newStack();
    try {
      Error.stackTraceLimit = 1;
      recordSource(construct);
      expect(Error.stackTraceLimit).toBe(1);
    } finally {
      Error.stackTraceLimit = limit;
    }
    expect(sourceOf(construct)?.file).toBe(__filename);
  });

  it("adds nothing that others see on the construct", () => {
    const construct = newStack();
    const before = Object.keys(construct);
    recordSource(construct);
    expect(Object.keys(construct)).toEqual(before);
  });

  it("knows nothing of what was not recorded", () => {
    expect(sourceOf(newStack())).toBeUndefined();
  });

  it("gives what a construct makes the line of the construct", () => {
    const stack = newStack();
    const maker = new Construct(stack, "maker");
    const done = shareSource(maker);
    const line = lineHere() - 1;
    const child = new Construct(maker, "child");
    recordSource(child);
    const beside = new Construct(stack, "beside");
    recordSource(beside);
    done();
    const later = new Construct(maker, "later");
    recordSource(later);
    expect(sourceOf(child)?.line).toBe(line);
    expect(sourceOf(beside)?.line).toBe(line + 5);
    expect(sourceOf(later)?.line).toBe(line + 8);
  });

  it("does so for a construct in a construct, and returns to the outer one", () => {
    const outer = new Construct(newStack(), "outer");
    const doneOuter = shareSource(outer);
    const line = lineHere() - 1;
    const inner = new Construct(outer, "inner");
    const doneInner = shareSource(inner);
    recordSource(inner);
    doneInner();
    recordSource(outer);
    doneOuter();
    expect([sourceOf(inner)?.line, sourceOf(outer)?.line]).toEqual([line, line]);
  });

  it("is right again after a constructor that failed", () => {
    const stack = newStack();
    shareSource(new Construct(stack, "failed"));
    const construct = new Construct(stack, "next");
    recordSource(construct);
    expect(sourceOf(construct)?.line).toBe(lineHere() - 1);
    const done = shareSource(construct);
    done();
  });
});
