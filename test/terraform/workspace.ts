/** One copy of a Terraform configuration, and the commands run there. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ADDRESS, type Finished, terraform } from "./cli";
import type { Mirror } from "./mirror";

/** As `terraform validate -json` writes it. */
export interface Diagnostic {
  severity: "error" | "warning";
  summary: string;
  detail: string;
  address?: string;
  range?: { filename: string; start: { line: number; column: number } };
}

export interface Outcome {
  /** Whether every step succeeded. */
  valid: boolean;
  /** Of the last step that ran. */
  diagnostics: Diagnostic[];
}

export interface PlanOutcome extends Outcome {
  /** What `terraform show -json` says of the plan; absent when there is none. */
  plan?: TerraformPlan;
}

/** The part of Terraform's plan format that tests look at. */
export interface TerraformPlan {
  planned_values: unknown;
  resource_changes?: {
    address: string;
    type: string;
    change: {
      actions: string[];
      after: Record<string, unknown> | null;
      after_unknown: Record<string, unknown>;
    };
  }[];
}

export interface Options {
  /** Values for the configuration's variables. */
  variables?: Record<string, string>;
  /** How long one command may take. @default - two minutes */
  timeoutMs?: number;
  /** How many resources are changed at a time. @default - Terraform's, ten */
  parallelism?: number;
}

/** State, locks and downloads of the user's own runs stay behind. */
const LEFT_BEHIND = /^\.terraform|\.tfstate/;

export class Workspace {
  private readonly root = mkdtempSync(join(tmpdir(), "terraform-workspace-"));
  private readonly folder = join(this.root, "configuration");
  private readonly env: Record<string, string>;
  private readonly timeoutMs?: number;

  constructor(
    configuration: string,
    mirror: Mirror,
    { variables = {}, timeoutMs, parallelism }: Options = {},
  ) {
    this.timeoutMs = timeoutMs;
    this.configure(configuration);
    // cdktf writes an absolute path of the state file, and a user's backend may be a remote one.
    this.write(
      "configuration/backend_override.tf.json",
      JSON.stringify({ terraform: { backend: { local: {} } } }),
    );
    this.env = {
      TF_CLI_CONFIG_FILE: this.write("terraformrc", cliConfig(mirror)),
      TF_DATA_DIR: join(this.root, "data"),
      ...(parallelism !== undefined && { TF_CLI_ARGS_apply: `-parallelism=${parallelism}` }),
      ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
    };
  }

  /** Takes the files of a configuration, in place of those of the same names. */
  configure(configuration: string): void {
    cpSync(configuration, this.folder, {
      recursive: true,
      filter: (file) => !LEFT_BEHIND.test(basename(file)),
    });
  }

  init(): Outcome {
    return this.events("init", "-input=false", "-json");
  }

  validate(): Outcome {
    const { stdout, stderr } = this.run("validate", "-json");
    return stdout.startsWith("{")
      ? (JSON.parse(stdout) as Outcome)
      : unexplained("validate", stdout + stderr);
  }

  /** Plans against the state that an `apply` here has left. */
  plan(): PlanOutcome {
    const outcome: Outcome = this.events("plan", "-input=false", "-json", "-out=../plan");
    if (!outcome.valid) return outcome;
    return { ...outcome, plan: JSON.parse(this.run("show", "-json", "../plan").stdout) as TerraformPlan };
  }

  /** What `terraform providers schema -json` says. */
  schema(): unknown {
    return JSON.parse(this.run("providers", "schema", "-json").stdout);
  }

  apply(): Outcome {
    return this.events("apply", "-input=false", "-json", "-auto-approve");
  }

  destroy(): Outcome {
    return this.events("destroy", "-input=false", "-json", "-auto-approve");
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** A command whose `-json` output is one event a line, some of them diagnostics. */
  private events(command: string, ...flags: string[]): Outcome {
    const { status, stdout, stderr } = this.run(command, ...flags);
    const events = stdout.split("\n").filter((line) => line.startsWith("{"));
    const diagnostics = events
      .map((line) => JSON.parse(line) as { diagnostic?: Diagnostic })
      .flatMap(({ diagnostic }) => diagnostic ?? []);
    if (status !== 0 && diagnostics.length === 0) return unexplained(command, stdout + stderr);
    return { valid: status === 0, diagnostics };
  }

  private run(...command: string[]): Finished {
    return terraform(command, this.env, this.folder, this.timeoutMs);
  }

  private write(file: string, text: string): string {
    const path = join(this.root, file);
    writeFileSync(path, text);
    return path;
  }
}

/** Nothing but the one provider, and it from the mirror alone: no test asks a registry. */
function cliConfig({ path }: Mirror): string {
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(path)}
    include = [${JSON.stringify(ADDRESS)}]
  }
}
`;
}

function unexplained(command: string, output: string): Outcome {
  return {
    valid: false,
    diagnostics: [{ severity: "error", summary: `terraform ${command} failed`, detail: output }],
  };
}
