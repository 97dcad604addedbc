/** Where `terraform init` gets the provider from: a folder in the layout of a `filesystem_mirror`. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { ADDRESS, terraform } from "./cli";

const DOUBLE_VERSION = "0.9.7";
const DOUBLE_SOURCES = resolve(__dirname, "double");
export const RECORDED_SCHEMA = resolve(
  __dirname,
  "../../scripts/provider-data",
  DOUBLE_VERSION,
  "schema.json",
);

export interface Mirror {
  /** What a mirror holds, in words for the reader of a test's output. */
  readonly holds: string;
  readonly path: string;
}

/** Bundles the schema double into one file: it then starts in 0.1 s, and Terraform starts it twice in a command. */
export function doubleMirror(path: string): Mirror {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const folder = join(path, ADDRESS, DOUBLE_VERSION, platform);
  mkdirSync(folder, { recursive: true });
  const executable = join(folder, `terraform-provider-libvirt_v${DOUBLE_VERSION}`);
  buildSync({
    entryPoints: [join(DOUBLE_SOURCES, "main.ts")],
    outfile: executable,
    bundle: true,
    platform: "node",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(executable, 0o755);
  copyFileSync(join(DOUBLE_SOURCES, "tfplugin6.proto"), join(folder, "tfplugin6.proto"));
  copyFileSync(RECORDED_SCHEMA, join(folder, "schema.json"));
  return {
    path,
    holds: `the schema double of ${ADDRESS} ${DOUBLE_VERSION} (test equipment, not the provider)`,
  };
}

/** The user's own Terraform CLI configuration. Without one nothing is asked of the public registry: tests need no network. */
export function userCliConfig(): string | undefined {
  const file = process.env.TF_CLI_CONFIG_FILE || join(homedir(), ".terraformrc");
  return existsSync(file) ? file : undefined;
}

/**
 * The real provider, if the user's CLI configuration gives it: what `terraform init` installs has the layout of a
 * mirror. A `dev_overrides` installs nothing, so a provider that is there alone is not found.
 */
export function realMirror(folder: string, cliConfig: string): Mirror | undefined {
  mkdirSync(folder, { recursive: true });
  const required_providers = { libvirt: { source: "dmacvicar/libvirt", version: `~> ${DOUBLE_VERSION}` } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  terraform(["init", "-input=false"], { TF_CLI_CONFIG_FILE: cliConfig }, folder);
  const path = join(folder, ".terraform/providers");
  const installed = join(path, ADDRESS);
  if (!existsSync(installed)) return undefined;
  return { path, holds: `${ADDRESS} ${readdirSync(installed).join()} as installed by ${cliConfig}` };
}
