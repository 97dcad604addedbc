import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";

/** `npm start`: synthesizes every example, and shows how the one with mistakes is refused. */

const EXAMPLES = ["quickstart", "kvm-and-xen", "xen-modes", "rule-pack"];
const REFUSED = "invalid-plan";
const ROOT = path.resolve(__dirname, "..");

interface Synth {
  readonly ok: boolean;
  readonly report: string;
  readonly outdir: string;
  readonly stacks: string[];
}

function synth(example: string, stacks: string[]): Synth {
  const outdir = path.join("cdktf.out", example);
  rmSync(path.join(ROOT, outdir), { recursive: true, force: true });
  mkdirSync(path.join(ROOT, outdir), { recursive: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", path.join("examples", example, "main.ts")],
    { cwd: ROOT, env: { ...process.env, CDKTF_OUTDIR: outdir }, encoding: "utf8" },
  );
  const files = stacks.map((stack) => path.join(outdir, "stacks", stack, "cdk.tf.json"));
  return {
    ok: status === 0,
    report: stderr,
    outdir,
    stacks: files.filter((file) => existsSync(path.join(ROOT, file))),
  };
}

function run(): number {
  for (const example of EXAMPLES) {
    const { ok, report, stacks } = synth(example, [example === "kvm-and-xen" ? "rack" : example]);
    if (!ok) {
      process.stderr.write(`${report}\nexamples/${example} was not synthesized\n`);
      return 1;
    }
    process.stdout.write(`examples/${example}\n${indent(report)}  Terraform: ${stacks.join(", ")}\n\n`);
  }

  const { ok, report, stacks } = synth(REFUSED, [REFUSED]);
  // What the program printed before Node reported the refusal that nobody caught.
  const [findings = ""] = report.split(/^node:internal|^\S.*\n\s+\^\n/m);
  process.stdout.write(`examples/${REFUSED}\n${indent(findings)}`);
  if (ok || stacks.length > 0) {
    process.stderr.write(`examples/${REFUSED} was accepted, but each of its guests has a mistake\n`);
    return 1;
  }
  process.stdout.write("  refused, as it should be: no Terraform was written\n");
  return 0;
}

function indent(text: string): string {
  if (text === "") return "";
  return text
    .split("\n")
    .map((line) => (line ? `  ${line}\n` : "\n"))
    .join("")
    .replace(/\n+$/, "\n");
}

process.exitCode = run();
