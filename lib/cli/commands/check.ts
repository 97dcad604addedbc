import { type Command, Option } from "commander";
import { InputError } from "../../input/input-error";
import type { Plan } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { FORMATS, parseFormat, type ReportTarget } from "../../report/formats";
import type { ReportInput } from "../../report/report";
import { repositoryRoot } from "../../report/root";
import { summary, textReport } from "../../report/text";
import { writeReports } from "../../report/write";
import type { Severity } from "../../rule";
import type { Ruleset } from "../../validation/config";
import { PACK_NAMES, type PackName } from "../../validation/packs";
import { refuses, undecided, type Verdict, validate } from "../../validation/validate";
import { packageVersion } from "../../version";
import { Baseline } from "../baseline";
import { type FileConfig, readConfigFile } from "../config-file";
import type { Context } from "../context";
import { GivenFacts } from "../given-facts";
import { list } from "../options";
import { readPlan } from "../read-plan";

export interface CheckOptions {
  readonly facts?: readonly string[];
  readonly pack?: readonly string[];
  readonly failOn?: Severity;
  readonly format?: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
}

export function checkCommand(program: Command, context: Context): void {
  const command = program
    .command("check")
    .summary("check any plan against the rules")
    .description(
      'Checks a synthesized stack (cdktf.out, cdk.tf.json, a folder of *.tf.json) what "terraform show -json" prints of a plan or a state, the XML of virsh dumpxml, or xl.cfg files. What a path is, its content tells.',
    )
    .argument("<path...>", "files or folders; - is standard input")
    .option(
      "--format <name[=file]>",
      `what to write: ${Object.keys(FORMATS).join(", ")} (default: text)`,
      list,
    )
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: CheckOptions) => {
      context.exitCode = await check(paths, options, context);
    });
  for (const option of judging()) command.addOption(option);
}

/** The options that decide which rules run, with which facts, and what fails. */
export function judging(): Option[] {
  return [
    new Option("--facts <host=path>", "facts of a host, by provider address, alias or URI").argParser(list),
    new Option("--pack <name>", `which rules run: ${PACK_NAMES.join(", ")} (default: essential)`).argParser(
      list,
    ),
    new Option("--fail-on <severity>", "what to fail for (default: error)").choices(["error", "warning"]),
    new Option("--config <file>", "packs, severities, acknowledgements and facts, in JSON or YAML"),
    new Option("--baseline <file>", "JSON report of an earlier run: only new findings fail"),
  ];
}

const HELP = `
Exit code: 0 clean, 1 findings, 2 usage or input error.

Examples:
  $ virt-constructs check cdktf.out --facts kvm1=hosts/kvm1
  $ terraform plan -out=plan && terraform show -json plan | virt-constructs check -
  $ virt-constructs check plan.json --format text --format sarif=virt.sarif --fail-on warning`;

/** Checks, writes the reports that are asked for, and returns the exit code. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  context: Context,
): Promise<number> {
  const config = options.config === undefined ? undefined : readConfigFile(options.config);
  const ruleset = rulesetFor(config, options);
  const targets = targetsOf(options.format ?? []);
  const baseline = options.baseline === undefined ? undefined : Baseline.read(options.baseline);
  const facts = GivenFacts.of([...(options.facts ?? []), ...(config?.facts ?? [])]);

  const plan = await readPlan(paths, context, facts.factsOf, ruleset.today);
  facts.refuseUnused(plan.hosts);
  context.progress(`checking ${sizeOf(plan)}`);
  const all = validate(plan, ruleset.rules, { ...ruleset, onCrash: undecided });
  const { verdict, notes } = since(baseline, all);
  write(
    targets,
    { verdict, plan, notes, rules: ruleset.rules, root: repositoryRoot(), toolVersion: packageVersion() },
    context,
  );
  for (const note of notes) context.say(note);
  context.say(
    `${summary(verdict.findings)} in ${sizeOf(plan)}, checked by ${plural(ruleset.rules.length, "rule")}`,
  );
  return refuses(verdict.findings, ruleset.failOn) ? 1 : 0;
}

function rulesetFor(config: FileConfig | undefined, { pack, failOn }: CheckOptions): Ruleset {
  // Its schemas take longer to load than most commands to run.
  const { rulesetOf } = require("../../validation/config") as typeof import("../../validation/config");
  return rulesetOf({
    ...config?.validation,
    ...(pack && { pack: (pack.length > 1 ? pack : pack[0]) as PackName }),
    ...(failOn !== undefined && { failOn }),
  });
}

/** Only one report can go to standard output. */
function targetsOf(formats: readonly string[]): ReportTarget[] {
  const targets = formats.map(parseFormat);
  const printed = targets.filter(({ file }) => file === undefined);
  if (printed.length > 1) {
    throw new InputError(
      `--format ${printed.map(({ format }) => format).join(" and ")} cannot share standard output: give all but one a file, such as ${printed[1]!.format}=FILE`,
    );
  }
  return targets.length > 0 ? targets : [{ format: "text" }];
}

function since(baseline: Baseline | undefined, verdict: Verdict): { verdict: Verdict; notes: string[] } {
  if (baseline === undefined) return { verdict, notes: [] };
  const { findings, known, gone } = baseline.compare(verdict.findings);
  const solved = gone > 0 ? `, ${gone} more of it ${gone === 1 ? "is" : "are"} gone` : "";
  return {
    verdict: { ...verdict, findings },
    notes: [`known from the baseline: ${plural(known, "finding")}${solved}`],
  };
}

/** Reports on the terminal are made for it; all others are the same wherever they are written. */
function write(targets: readonly ReportTarget[], report: ReportInput, context: Context): void {
  const { stdout, env } = context.io;
  const onTerminal = ({ format, file }: ReportTarget) => format === "text" && file === undefined;
  if (targets.some(onTerminal)) {
    context.print(textReport(report.verdict, { color: context.color, width: stdout.columns }));
  }
  const others = targets.filter((target) => !onTerminal(target));
  writeReports(others, report, { env, print: (text) => context.print(text) });
}

function sizeOf({ guests, hosts }: Plan): string {
  return `${plural(guests.length, "guest")} on ${plural(hosts.length, "host")}`;
}
