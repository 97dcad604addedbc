/** The one place that starts Terraform. */
import { spawnSync } from "node:child_process";

/** The provider's address in a registry, and its path in a mirror. */
export const ADDRESS = "registry.terraform.io/dmacvicar/libvirt";

const TIMEOUT_MS = 120_000;

export interface Finished {
  /** Null where there is no Terraform, or where it was stopped for taking too long. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export function terraform(
  command: string[],
  env: Record<string, string> = {},
  cwd?: string,
  timeout = TIMEOUT_MS,
): Finished {
  // The user's own workspace, variables, log level and data folder are no part of a test.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
  const { status, stdout, stderr, error } = spawnSync("terraform", command, {
    cwd,
    env: { ...Object.fromEntries(inherited), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...env },
    encoding: "utf8",
    timeout,
    maxBuffer: 1 << 30,
  });
  return { status, stdout: stdout ?? "", stderr: [stderr, error?.message].filter(Boolean).join("\n") };
}
