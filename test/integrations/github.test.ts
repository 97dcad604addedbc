import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { shownDomain, shownPlan } from "../cli/command-line";
import { temporaryFolder } from "../support/temporary-folder";
import { bash, installedCommand, npxOf, ROOT } from "./pipeline";

/** Processes start, which takes a busy machine long. */
jest.setTimeout(120_000);

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

const FOLDER = join(ROOT, "integrations/github");
const action = parse(readFileSync(join(FOLDER, "action.yml"), "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

const newFolder = temporaryFolder();
const command = installedCommand();
const CLEAN = shownPlan(shownDomain("web"));
const TWINS = shownPlan(shownDomain("a", { name: "web" }), shownDomain("b", { name: "web" }));

/** Runs the action as a runner does, as far as this one goes: inputs, outputs and simple conditions. */
function run(files: Readonly<Record<string, unknown>>, given: Readonly<Record<string, string>> = {}) {
  const cwd = newFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(cwd, name), JSON.stringify(content));
  const [summary, output, temporary] = ["summary.md", "output", "runner temp"].map((name) => join(cwd, name));
  for (const file of [summary!, output!]) writeFileSync(file, "");
  mkdirSync(temporary!);
  const npx = npxOf(cwd, command);
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
  );
  const values: Record<string, string> = {};
  const set = (prefix: string, all: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(all)) values[`${prefix}.${name}`] = value;
  };
  set("inputs", { ...inputs, ...given });
  const expanded = (text: string) =>
    text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name) => {
      expect([name, name in values]).toEqual([name, true]);
      return values[name]!;
    });

  const log: string[] = [];
  const uploaded: string[] = [];
  let code = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined) {
      const holds = /^\$\{\{ (.*) \}\}$/
        .exec(step.if)![1]!
        .split(" && ")
        .every((part) => {
          const [, name, operator, value] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part)!;
          return (values[name!] === value) === (operator === "==");
        });
      if (!holds) continue;
    }
    if (step.uses) {
      uploaded.push(expanded(step.with!.sarif_file!));
      continue;
    }
    const env = Object.fromEntries(Object.entries(step.env!).map(([name, value]) => [name, expanded(value)]));
    const ran = bash(step.run!, {
      cwd,
      env: {
        PATH: npx.path,
        GITHUB_ACTION_PATH: FOLDER,
        GITHUB_STEP_SUMMARY: summary!,
        GITHUB_OUTPUT: output!,
        RUNNER_TEMP: temporary!,
        ...env,
      },
    });
    log.push(ran.stdout);
    if (step.id !== undefined) {
      const lines = readFileSync(output!, "utf8").trim().split("\n");
      set(
        `steps.${step.id}.outputs`,
        Object.fromEntries(lines.map((line) => line.split("=") as [string, string])),
      );
    }
    if (ran.code !== 0) {
      code = ran.code!;
      log.push(ran.stderr);
      break;
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, expanded(value)]),
  );
  return {
    ...{ code, log: log.join(""), uploaded, outputs, cwd },
    summary: readFileSync(summary!, "utf8"),
    packages: npx.packages(),
  };
}

describe("the GitHub action", () => {
  test("is composite, documented, and has no expression in a script", () => {
    expect(action.runs.using).toBe("composite");
    for (const input of Object.values(action.inputs)) {
      expect(input).toEqual({ description: expect.any(String), default: expect.any(String) });
    }
    for (const { run: script } of action.runs.steps) expect(script ?? "").not.toContain("${{");
  });

  test("accepts a clean plan, and uploads that nothing was found", () => {
    const { code, outputs, uploaded, summary, packages } = run(
      { "plan.json": CLEAN },
      { paths: "plan.json" },
    );
    expect(code).toBe(0);
    expect(outputs["exit-code"]).toBe("0");
    expect(uploaded).toEqual([outputs.sarif]);
    expect(JSON.parse(readFileSync(outputs.sarif!, "utf8")).runs[0].results).toEqual([]);
    expect(summary).toContain("virt-constructs: no findings");
    expect(packages).toEqual(["virt-constructs"]);
  });

  test("fails for findings after they are annotated, summed up and uploaded", () => {
    const { code, log, outputs, uploaded, summary } = run({ "plan.json": TWINS }, { paths: "plan.json" });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error title=VIRT-UNQ-001 [\w-]+::2 guests on "kvm1" are called "web"/m);
    expect(summary).toContain("VIRT-UNQ-001");
    expect(uploaded).toEqual([outputs.sarif]);
    expect(JSON.parse(readFileSync(outputs.json!, "utf8")).summary.errors).toBe(1);
    expect(readFileSync(outputs.html!, "utf8")).toContain("VIRT-UNQ-001");
  });

  test("does not fail for findings that shall never fail it, but for what cannot be checked", () => {
    const never = { "fail-on": "never" };
    expect(run({ "plan.json": TWINS }, { paths: "plan.json", ...never }).code).toBe(0);
    const { code, uploaded } = run({}, { paths: "plan.json", ...never });
    expect([code, uploaded]).toEqual([1, []]);
  });

  test("takes several paths and options, and uploads only on demand", () => {
    const warned = shownPlan(shownDomain("db", { current_memory: 2097152 }));
    const files = { "a b.json": CLEAN, "plan.json": warned, "virt.json": { pack: "all" } };
    const given = {
      paths: "a b.json\nplan.json\n",
      facts: `kvm1=${join(ROOT, "test/data/host-facts/kvm-debian12")}`,
      config: "virt.json",
      pack: "hardening\nperformance",
      "fail-on": "warning",
      "upload-sarif": "false",
      version: "0.1.0",
    };
    const { code, log, uploaded, packages } = run(files, given);
    expect(log).toContain("VIRT-MEM-002");
    expect(log).not.toContain('facts of "kvm1"');
    expect([code, uploaded, packages]).toEqual([1, [], ["virt-constructs@0.1.0"]]);
  });

  test("runs nothing that an input says", () => {
    const evil = "$(touch hacked)`touch hacked`; touch hacked; \"'";
    const given = { paths: evil, config: evil, version: evil, pack: evil, facts: evil, baseline: evil };
    const { code, cwd, packages } = run({}, given);
    expect(code).toBe(1);
    expect(packages).toEqual(["virt-constructs"]);
    expect(existsSync(join(cwd, "hacked"))).toBe(false);
  });
});
