import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { rules } from "../../lib/rules/registry.generated";
import { newRule } from "../../scripts/new-rule";
import { nextCode, RETIRED } from "../../scripts/rule-codes";
import { messageOf } from "../support/compile";
import { temporaryFolder } from "../support/temporary-folder";

const ROOT = path.join(__dirname, "../..");
const folder = temporaryFolder();

/** A copy of what the script reads and writes. */
function copyOfProject(): string {
  const copy = folder();
  for (const each of ["lib", "scripts", "docs/rules", "tsconfig.json", "package.json"]) {
    cpSync(path.join(ROOT, each), path.join(copy, each), { recursive: true });
  }
  symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
  return copy;
}

function runIn(cwd: string, ...args: string[]) {
  const command = ["--import", "tsx", path.join(cwd, "scripts/new-rule.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** What the compiler says of files. */
function diagnostics(cwd: string, files: readonly string[]): string[] {
  const config = ts.readConfigFile(path.join(cwd, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, cwd);
  const program = ts.createProgram(
    files.map((file) => path.join(cwd, file)),
    options,
  );
  return files.flatMap((file) => {
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(path.join(cwd, file)));
    return found.map((each) => `${file}: ${messageOf(each)}`);
  });
}

test("writes a rule, its test and its page, and adds it to the registry", () => {
  const cwd = copyOfProject();
  const code = nextCode("NET", rules);
  const made = runIn(cwd, "net", "wires-are-plugged", "--severity", "warning", "--on", "networks");
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(made.stdout).toContain(`${code} wires-are-plugged\n`);
  expect(made.stdout).toContain("lib/validation/packs.ts");

  const files = ["lib/rules/net/wires-are-plugged.ts", "test/rules/net/wires-are-plugged.test.ts"];
  expect(diagnostics(cwd, files)).toEqual([]);
  const page = readFileSync(path.join(cwd, "docs/rules/wires-are-plugged.md"), "utf8");
  expect(page).toContain(`# ${code}: TODO`);
  expect(page).toContain('plan.network("lan")');
  const registry = readFileSync(path.join(cwd, "lib/rules/registry.generated.ts"), "utf8");
  expect(registry).toContain('import { wiresArePlugged } from "./net/wires-are-plugged";');

  // The next one gets the next number, and nothing is overwritten.
  const next = runIn(cwd, "NET", "wires-are-red", "--dry-run");
  expect(next.stdout).toContain(`${code.replace(/\d+$/, (n) => String(Number(n) + 1).padStart(3, "0"))} `);
  expect(existsSync(path.join(cwd, "lib/rules/net/wires-are-red.ts"))).toBe(false);
  expect(runIn(cwd, "NET", "wires-are-plugged")).toMatchObject({ status: 2, stdout: "" });
});

test.each<[string, string[], RegExp]>([
  ["nothing", [], /give an area and a slug/],
  ["no slug", ["NET"], /give an area and a slug/],
  ["too much", ["NET", "a-b", "c-d"], /give an area and a slug/],
  ["an unknown area", ["NETT", "a-b"], /^"NETT" is no area: did you mean NET\?/],
  ["an area that every object has", ["constructor", "a-b"], /is no area/],
  ["one word", ["NET", "mac"], /^"mac" is no slug: two or more words/],
  ["a path", ["NET", "../a-b"], /is no slug/],
  ["a slug that another rule has", ["DSK", "mac-is-valid"], /^"mac-is-valid" is the slug of VIRT-NET-001/],
  ["an unknown severity", ["NET", "a-b", "--severity", "eror"], /did you mean error\?/],
  ["unknown subjects", ["NET", "a-b", "--on", "guest"], /did you mean guests\?/],
  ["an unknown option", ["NET", "a-b", "--force"], /--force/],
])("refuses %s", (_, args, message) => {
  expect(() => newRule([...args, "--dry-run"])).toThrow(message);
});

test("a mistake is said in one sentence, and in the exit code", () => {
  const { status, stdout, stderr } = runIn(ROOT, "NETT", "a-b", "--dry-run");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe('"NETT" is no area: did you mean NET?\n');
});

test("--help says how it is used", () => {
  expect(newRule(["--help"])).toContain("usage: npm run new-rule -- AREA SLUG");
});

describe("numbers", () => {
  const given = [{ code: "VIRT-NET-099" }, { code: "VIRT-NET-020" }, { code: "VIRT-NWK-200" }];
  it.each([
    ["NET", [], "VIRT-NET-100"],
    ["NET", ["VIRT-NET-100"], "VIRT-NET-101"],
    ["NWK", [], "VIRT-NWK-201"],
    ["XEN", [], "VIRT-XEN-045"],
    ["NEW", [], "VIRT-NEW-001"],
  ])("of %s beside %p begin at %s", (area, retired, code) => {
    expect(nextCode(area, given, retired)).toBe(code);
  });

  it("of removed rules are not given again", () => {
    expect(rules.filter(({ code }) => RETIRED.includes(code))).toEqual([]);
  });
});
