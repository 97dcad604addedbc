/**
 * Terraform as an oracle. Every call works in its own copy of a folder, with its own CLI configuration and its own
 * data folder, so that tests run side by side and leave nothing behind.
 *
 *     describeWithTerraform("the example", () => {
 *       test("is valid", () => expect(initAndValidate("cdktf.out/stacks/example")).toMatchObject({ valid: true }));
 *     });
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraform } from "./cli";
import { doubleMirror, type Mirror, realMirror, userCliConfig } from "./mirror";
import { type Options, type Outcome, type PlanOutcome, Workspace } from "./workspace";

export type { Diagnostic, Options, Outcome, PlanOutcome, TerraformPlan } from "./workspace";

/** Terraform's version, or undefined where there is no `terraform` on the PATH. */
const terraformVersion = once((): string | undefined => {
  const { status, stdout } = terraform(["version", "-json"]);
  return status === 0 ? (JSON.parse(stdout) as { terraform_version: string }).terraform_version : undefined;
});

/** Why nothing can be asked of Terraform here; undefined where it can. */
function obstacle(): string | undefined {
  if (process.platform === "win32") return "Windows cannot start the schema double, which is a script";
  return terraformVersion() === undefined ? 'there is no "terraform" on the PATH' : undefined;
}

export const terraformAvailable = (): boolean => obstacle() === undefined;

/** `describe` where Terraform is installed; elsewhere a skip, and the reason, which Jest alone would not show. */
export function describeWithTerraform(name: string, tests: () => void): void {
  const reason = obstacle();
  if (reason !== undefined) say(`Skipped: ${name}: ${reason}`);
  (reason === undefined ? describe : describe.skip)(name, tests);
}

/** `terraform init` and `validate`, with the real provider where the user's own CLI configuration gives it. */
export function initAndValidate(folder: string, options?: Options): Outcome {
  return within(new Workspace(folder, validator(), options), (workspace) => {
    const init = workspace.init();
    return init.valid ? workspace.validate() : init;
  });
}

/** `terraform init` and `plan`, with the schema double always: the real provider dials its host for a plan. */
export function plan(folder: string, options?: Options): PlanOutcome {
  return withDouble(folder, (workspace) => workspace.plan(), options);
}

/** Any commands, with the schema double, in one initialized workspace that is removed at the end. */
export function withDouble<T>(
  folder: string,
  work: (workspace: Workspace) => T,
  options?: Options,
): T | Outcome {
  return within(new Workspace(folder, schemaDouble(), options), (workspace) => {
    const init = workspace.init();
    return init.valid ? work(workspace) : init;
  });
}

function within<T>(workspace: Workspace, work: (workspace: Workspace) => T): T {
  try {
    return work(workspace);
  } finally {
    workspace.remove();
  }
}

// A command takes half a second on an idle machine, and tests share theirs.
jest.setTimeout(120_000);

const scratch = once(() => mkdtempSync(join(tmpdir(), "terraform-providers-")));
afterAll(() => rmSync(scratch(), { recursive: true, force: true }));

const schemaDouble = once(() => doubleMirror(join(scratch(), "double")));

const validator = once((): Mirror => {
  const config = userCliConfig();
  const real = config ? realMirror(join(scratch(), "real"), config) : undefined;
  const mirror = real ?? schemaDouble();
  const missing = config && !real ? ` (${config} gives no provider)` : "";
  say(`Terraform ${terraformVersion()} validates with ${mirror.holds}${missing}`);
  return mirror;
});

/** Past Jest's console, which adds a stack to every line. */
const say = (line: string) => process.stderr.write(`${line}\n`);

function once<T>(compute: () => T): () => T {
  let result: { value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
