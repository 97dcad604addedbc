import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Project, projectWithPackage } from "./compiled-package";

/*
 * What a user's program sees of the package as it is published: run by each runtime in a process of its own.
 */

let project: Project;
beforeAll(() => {
  project = projectWithPackage();
}, 60_000);
afterAll(() => project?.remove());

function run(args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: project.folder, env, encoding: "utf8" });
}

/** A guest in each of the ways in which users make them; each with a prop that does not exist. */
const BODY = `
const app = new App({ outdir: "cdktf.out" });
const stack = new TerraformStack(app, "rack");
const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
const bad = { host, memory: Memory.gibibytes(1), vpcus: 2 };

new KvmGuest(stack, "plain", bad); // plain
function make(id) {
  return new KvmGuest(stack, id, bad); // helper
}
make("helper");
class Worker extends KvmGuest {
  constructor(scope, id) {
    super(scope, id, bad); // subclass
  }
}
new Worker(stack, "subclass");
for (const id of ["loop1", "loop2"]) {
  new KvmGuest(stack, id, bad); // loop1 loop2
}
["callback"].forEach((id) => new KvmGuest(stack, id, bad)); // callback
new Domain(stack, "binding", { name: "binding", type: "kvm", memroy: 1 }); // binding

const findings = Gate.of(app).evaluate().findings.filter((finding) => /memroy|vpcus/.test(finding.message));
console.log(JSON.stringify(findings.map(({ place: { label, source } }) => [label, source])));
`;
const COMMONJS = `
const { App, TerraformStack } = require("cdktf");
const { Connection, Gate, KvmGuest, KvmHost, Memory } = require("virt-constructs");
const { Domain } = require("virt-constructs/provider");
${BODY}`;
const ESM = `
import { App, TerraformStack } from "cdktf";
import { Connection, Gate, KvmGuest, KvmHost, Memory } from "virt-constructs";
import { Domain } from "virt-constructs/provider";
${BODY}`;
/** Compiling takes the types and comments away, so that no line of the JavaScript is the line of the source. */
const TYPESCRIPT = `
interface Nobody {
  readonly needs: "this";
}
// It is only there to move the lines.
${ESM}`;

const GUESTS = ["plain", "helper", "subclass", "loop1", "loop2", "callback", "binding"];

/** The line of a program that makes a guest: the one whose comment names it. */
function lineOf(guest: string, program: string): number {
  return (
    program.split("\n").findIndex((line) => line.split(/\/\/ ?|\s/).includes(guest) && line.includes("// ")) +
    1
  );
}

function expectLines(args: readonly string[], file: string): void {
  const { stdout, stderr } = run(args);
  expect(stderr).toBe("");
  const program = readFileSync(path.join(project.folder, file), "utf8");
  expect(JSON.parse(stdout)).toEqual(
    GUESTS.map((guest) => [guest, { file: path.join(project.folder, file), line: lineOf(guest, program) }]),
  );
}

describe("a finding names the user's own line", () => {
  it("of TypeScript that tsx runs", () => {
    project.write("src/main.ts", TYPESCRIPT);
    expectLines(["--import", "tsx", "src/main.ts"], "src/main.ts");
  });

  it("of compiled TypeScript, whether Node maps the stack or not", () => {
    project.write("src/main.ts", TYPESCRIPT);
    project.compile("src/main.ts", "dist/main.js");
    const compiled = readFileSync(path.join(project.folder, "dist/main.js"), "utf8");
    expect(compiled).not.toContain("// plain");
    expectLines(["dist/main.js"], "src/main.ts");
    expectLines(["--enable-source-maps", "dist/main.js"], "src/main.ts");
  });

  it("of JavaScript in a folder with an unusual name", () => {
    project.write("my (old) rack #1/main.js", COMMONJS);
    expectLines(["my (old) rack #1/main.js"], "my (old) rack #1/main.js");
  });

  it("of an ES module, which imports the package by named imports", () => {
    project.write("my rack/main.mjs", ESM);
    expectLines(["my rack/main.mjs"], "my rack/main.mjs");
  });
});

describe("a refusal that nobody catches", () => {
  const REFUSED = `${COMMONJS}
app.synth();
`;

  it("ends the program with the report and one line", () => {
    project.write("main.js", REFUSED);
    const { status, stderr } = run(["main.js"]);
    expect(status).toBe(1);
    expect(stderr.split("\n\n")[0]).toMatch(/^rack \(\d+ errors(, \d+ warnings?)?\)$/);
    expect(stderr).toMatch(/^ {2}plain {2,}main\.js:11$/m);
    // What Node prints of the error comes after the report.
    const [, error] = stderr.split("\n[");
    expect(error).toMatch(
      /^PlanRefused: virt-constructs refused the plan: \d+ errors.*\. No Terraform was written\.\]\n\nNode\.js v[\d.]+\n$/,
    );
    expect(stderr).not.toContain("node_modules");
    expect(existsSync(path.join(project.folder, "cdktf.out/stacks/rack/cdk.tf.json"))).toBe(false);
  });
});

/** The engine's own command line weighs 400 MB, so that it is no dependency. */
const CLI = process.env.CDKTF_CLI;
const WHY = "set CDKTF_CLI to the executable of cdktf-cli to run these";

(CLI ? describe : describe.skip)(CLI ? "cdktf synth" : `cdktf synth (${WHY})`, () => {
  const CONFIGURATION = ["stacks/rack/cdk.tf.json", "stacks/rack/cdk.tf", "manifest.json"];
  const GOOD = `
const { App, TerraformStack } = require("cdktf");
const { Connection, GuestOs, KvmGuest, KvmHost, Memory } = require("virt-constructs");
const app = new App();
const stack = new TerraformStack(app, "rack");
const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
new KvmGuest(stack, "web", { host, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(1) });
app.synth();
`;
  const BAD = GOOD.replace("host, os", "host, vpcus: 2, os");

  function synth(program: string, options: readonly string[]) {
    project.write("rack.js", program);
    project.write("cdktf.json", JSON.stringify({ language: "typescript", app: "node rack.js" }));
    const args = ["synth", "--output", "rack.out", ...options];
    const env = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1" };
    return spawnSync(CLI!, args, { cwd: project.folder, env, encoding: "utf8" });
  }
  const written = () =>
    CONFIGURATION.filter((file) => existsSync(path.join(project.folder, "rack.out", file)));

  it.each([
    ["JSON", [], "stacks/rack/cdk.tf.json"],
    ["HCL", ["--hcl"], "stacks/rack/cdk.tf"],
  ])(
    "writes a good plan as %s, and nothing of it stays once it is refused",
    (_, options, file) => {
      expect(synth(GOOD, options).status).toBe(0);
      expect(written()).toEqual([file, "manifest.json"]);

      const { status, stderr } = synth(BAD, options);
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/^ *rack \(1 error\)$/m);
      expect(stderr).toMatch(/^ *web +rack\.js:7$/m);
      expect(stderr).toContain("PlanRefused: virt-constructs refused the plan: 1 error.");
      expect(written()).toEqual([]);
    },
    120_000,
  );
});
