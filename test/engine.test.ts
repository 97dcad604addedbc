import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { assertSingleEngine } from "../lib/engine";

const outdir = mkdtempSync(path.join(tmpdir(), "engine-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const rtti = Symbol.for("jsii.rtti");

/** A stack as a program has it whose engine is another package or version. */
function stackOf(name: string, version: string): Construct {
  class ForeignStack extends TerraformStack {
    static readonly [rtti] = { fqn: `${name}.TerraformStack`, version };
  }
  class UserStack extends ForeignStack {}
  return new Construct(new UserStack(new App({ outdir }), "fleet"), "scope");
}

test("refuses the stack of a fork, with the fix", () => {
  expect(() => assertSingleEngine(stackOf("cdktn", "0.24.0"))).toThrow(
    new Error(
      'stack "fleet" is made by cdktn 0.24.0, but virt-constructs is bound to cdktf 0.21.0\n' +
        'fix: in package.json write "cdktf": "npm:cdktn@0.24.0" under dependencies and run npm install again',
    ),
  );
});

test("refuses the stack of another version", () => {
  expect(() => assertSingleEngine(stackOf("cdktf", "0.20.9"))).toThrow('write "cdktf": "0.20.9"');
});

test("accepts a stack of the same engine, and of a second copy of it", () => {
  expect(() => assertSingleEngine(new TerraformStack(new App({ outdir }), "fleet"))).not.toThrow();
  expect(() => assertSingleEngine(stackOf("cdktf", "0.21.0"))).not.toThrow();
});

test("leaves a scope without a stack to the engine", () => {
  expect(() => assertSingleEngine(new App({ outdir }))).not.toThrow();
});

test("no other file imports the engine", () => {
  const lib = path.join(__dirname, "../lib");
  const importers = readdirSync(lib, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) =>
      // A program that is written holds imports in its text, after a backtick.
      /^(?!.*`).*(from|import\(|require\() ?"cdktf[/"]/m.test(readFileSync(path.join(lib, file), "utf8")),
    );
  expect(importers).toEqual(["engine.ts"]);
});
