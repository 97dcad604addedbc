import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { shownDomain, shownPlan, virtConstructs } from "../cli/command-line";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTool } from "../support/tool";
import { bash, installedCommand, npxOf, ROOT } from "./pipeline";

/** Processes start, which takes a busy machine long. */
jest.setTimeout(120_000);

const newFolder = temporaryFolder();
const command = installedCommand();
const CLEAN = shownPlan(shownDomain("web"));
const TWINS = shownPlan(shownDomain("a", { name: "web" }), shownDomain("b", { name: "web" }));
const readYaml = (file: string) => parse(readFileSync(join(ROOT, file), "utf8"));

describe("the GitLab job", () => {
  const job = readYaml("integrations/gitlab/virt-constructs.yml")["virt-constructs"];

  test.each([
    ["a clean plan", CLEAN, 0],
    ["a plan with mistakes", TWINS, 1],
  ])("with %s leaves every artifact", (_, plan, code) => {
    const cwd = newFolder();
    writeFileSync(join(cwd, "plan.json"), JSON.stringify(plan));
    const npx = npxOf(cwd, command);
    const env = {
      ...job.variables,
      VIRT_CONSTRUCTS_PATHS: "plan.json",
      VIRT_CONSTRUCTS_OPTIONS: "--pack all",
    };
    const ran = bash(job.script.join("\n"), { cwd, env: { ...env, PATH: npx.path } });
    expect([ran.code, npx.packages()]).toEqual([code, ["virt-constructs@latest"]]);
    expect(ran.stdout.includes("VIRT-UNQ-001")).toBe(code === 1);
    const { codequality, junit } = job.artifacts.reports;
    const issues = JSON.parse(readFileSync(join(cwd, codequality), "utf8")) as { check_name: string }[];
    expect(issues.some((issue) => issue.check_name === "VIRT-UNQ-001")).toBe(code === 1);
    expect(readFileSync(join(cwd, junit), "utf8")).toContain(`failures="${code}"`);
    expect(readFileSync(join(cwd, job.artifacts.paths[0]), "utf8")).toMatch(/^<!DOCTYPE html>/);
    expect(job.artifacts.when).toBe("always");
  });
});

describe("the pre-commit hook", () => {
  const [hook] = readYaml(".pre-commit-hooks.yaml");
  const domain = {
    web: { name: "web", type: "kvm", memory: 1, memory_unit: "GiB", vcpu: 0, os: { type: "hvm" } },
  };

  test("is asked when a configuration changes, and checks the folder as one module", async () => {
    expect("rack/main.tf.json").toMatch(new RegExp(hook.files));
    expect(hook.pass_filenames).toBe(false);
    const [npx, yes, program, ...args] = hook.entry.split(" ");
    expect([npx, yes]).toEqual(["npx", "--yes"]);
    expect(program).toBe(Object.keys(readYaml("package.json").bin)[0]);
    const folder = newFolder();
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource: { libvirt_domain: domain } }));
    const { code, stdout } = await virtConstructs([...args, folder]);
    expect(code).toBe(1);
    expect(stdout).toContain("libvirt_domain.web");
  });
});

describe("the package", () => {
  test("has the integrations in it", () => {
    expect(readYaml("package.json").files).toContain("integrations");
  });
});

describeWithTool("bash", "completion in bash", () => {
  const complete = async (...words: string[]) => {
    const script = (await virtConstructs(["completion", "bash"])).stdout;
    const cwd = newFolder();
    mkdirSync(join(cwd, "plans"));
    writeFileSync(join(cwd, "my plan.json"), "");
    const line = words.map((each) => `'${each}'`).join(" ");
    const ran = bash(
      `${script}\nCOMP_WORDS=(virt-constructs ${line}); COMP_CWORD=${words.length}; _virt_constructs || true; printf '%s\\n' "\${COMPREPLY[@]}"`,
      { cwd, env: { PATH: process.env.PATH! } },
    );
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    return ran.stdout.trim().split("\n").filter(Boolean).sort();
  };

  test("knows commands, those below them, options and files", async () => {
    expect(await complete("che")).toEqual(["check"]);
    expect(await complete("re")).toEqual(["report"]);
    expect(await complete("facts", "")).toEqual(
      expect.arrayContaining(["capture", "show", "diff", "schema"]),
    );
    expect(await complete("facts", "capture", "--o")).toEqual(["--out"]);
    expect(await complete("graph", "--f")).toEqual(["--format"]);
    expect(await complete("check", "pl")).toEqual(["plans"]);
    expect(await complete("check", "my")).toEqual(["my plan.json"]);
  });
});

describeWithTool("zsh", "completion in zsh", () => {
  test("is taken by the shell", async () => {
    const { stdout } = await virtConstructs(["completion", "zsh"]);
    const script = `autoload -Uz compinit && compinit -u -D\n${stdout}\nprint -r -- "\${_comps[virt-constructs]}"`;
    const {
      status,
      stdout: said,
      stderr,
    } = spawnSync("zsh", ["-f", "-c", script], { encoding: "utf8", cwd: newFolder() });
    expect([status, stderr]).toEqual([0, ""]);
    expect(said).toContain("_virt_constructs");
  });
});

describeWithTool("fish", "completion in fish", () => {
  test("knows commands, those below them and options", async () => {
    const { stdout } = await virtConstructs(["completion", "fish"]);
    const complete = (line: string) => {
      const script = `${stdout}\ncomplete --do-complete '${line}'`;
      const {
        status,
        stdout: said,
        stderr,
      } = spawnSync("fish", ["--no-config", "-c", script], { encoding: "utf8", cwd: newFolder() });
      expect([status, stderr]).toEqual([0, ""]);
      return said
        .trim()
        .split("\n")
        .map((each) => each.split("\t")[0]);
    };
    expect(complete("virt-constructs che")).toEqual(["check"]);
    expect(complete("virt-constructs facts cap")).toEqual(["capture"]);
    expect(complete("virt-constructs check --fail")).toEqual(["--fail-on"]);
  });
});
