import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectWithPackage } from "../compiled-package";

export const ROOT = join(__dirname, "../..");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command of the package as npm installs it. */
export function installedCommand(): string {
  const project = projectWithPackage();
  afterAll(() => project.remove());
  const bin = join(project.folder, "node_modules/virt-constructs/bin/virt-constructs");
  cpSync(join(ROOT, "bin/virt-constructs"), bin);
  return bin;
}

/**
 * A folder whose `npx` runs the command, and notes which package it was asked for, to be the
 * first of PATH.
 */
export function npxOf(folder: string, command: string): { readonly path: string; packages(): string[] } {
  const bin = join(folder, "bin");
  const log = join(folder, "packages");
  mkdirSync(bin);
  writeFileSync(
    join(bin, "npx"),
    `#!/bin/sh
[ "$1" = --yes ] || exit 99
echo "$2" >> '${log}'
shift 2
exec '${process.execPath}' '${command}' "$@"
`,
  );
  chmodSync(join(bin, "npx"), 0o755);
  return {
    path: `${bin}:${process.env.PATH}`,
    packages: () => readFileSync(log, "utf8").trim().split("\n"),
  };
}

/** Runs a script as pipelines do. */
export function bash(
  script: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Ran {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
    {
      ...options,
      encoding: "utf8",
      env: { HOME: options.cwd, ...options.env },
    },
  );
  return { code: status, stdout, stderr };
}
