import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { xmlResources } from "../domain-xml";
import type { RawPlan } from "../plan/build";
import { readTerraformJson, stackNameOf, type TerraformJson } from "../plan/terraform-json";
import { parseJson } from "./document";
import { InputError } from "./input-error";
import { readMachines } from "./machines";
import { namesIn, readText } from "./read-text";
import type { OnSkip } from "./xml";

type Json = Record<string, unknown>;

/**
 * Reads a folder: an output folder of the engine, one root module of `*.tf.json`, or the guests of one host in XML
 * and xl configurations.
 *
 * @throws InputError
 */
export async function readFolder(path: string, onSkip?: OnSkip): Promise<RawPlan> {
  const names = namesIn(path);
  if (names.includes("manifest.json")) return readTerraformJson(await stacksOf(path));
  const files = names.filter((name) => name.endsWith(".tf.json")).sort(overridesLast);
  if (files.length > 0) return readTerraformJson([await moduleOf(path, files)]);
  if (mayHoldMachines(path, names)) {
    const documents = await readMachines(path, onSkip);
    return { providers: [], resources: xmlResources(documents, basename(resolve(path))) };
  }
  throw new InputError(`${path} holds no plan: ${hint(path, names)}`);
}

/** The stacks that the engine lists in its manifest. */
async function stacksOf(folder: string): Promise<TerraformJson[]> {
  const file = join(folder, "manifest.json");
  const { stacks } = parseJson(file, await readText(file));
  if (typeof stacks !== "object" || stacks === null) {
    throw new InputError(`${file} lists no stacks: it is not the manifest of a synth`);
  }
  const modules: TerraformJson[] = [];
  for (const [name, stack] of Object.entries(stacks as Record<string, Json>)) {
    const document = join(folder, String(stack?.synthesizedStackPath ?? join("stacks", name, "cdk.tf.json")));
    if (!existsSync(document) && existsSync(document.replace(/\.json$/, ""))) {
      throw new InputError(
        `${folder} was synthesized to HCL, which only Terraform reads: synthesize without --hcl, or give the output of "terraform show -json" of each stack`,
      );
    }
    modules.push({ unit: name, documents: [parseJson(document, await readText(document))] });
  }
  return modules;
}

async function moduleOf(folder: string, files: readonly string[]): Promise<TerraformJson> {
  const documents: Json[] = [];
  for (const file of files) {
    const path = join(folder, file);
    documents.push(parseJson(path, await readText(path)));
  }
  const unit = documents.map(stackNameOf).find((name) => name !== undefined);
  return { unit: unit ?? basename(resolve(folder)), documents };
}

/** Terraform reads its files by name, and those that override others at the end. */
function overridesLast(a: string, b: string): number {
  const rank = (name: string) => (/(^|_)override\.tf\.json$/.test(name) ? 1 : 0);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** A `.cfg` in a project is of something else. */
function mayHoldMachines(path: string, names: readonly string[]): boolean {
  if (names.some((name) => name.endsWith(".xml"))) return true;
  const isProject = names.some((name) => name.endsWith(".tf")) || outputFolder(path, names) !== undefined;
  return names.some((name) => /\.cfg$/i.test(name)) && !isProject;
}

function hint(path: string, names: readonly string[]): string {
  const output = outputFolder(path, names);
  if (output !== undefined) return `give the folder of its synth, ${output}`;
  if (names.some((name) => name.endsWith(".tf"))) {
    return 'its files are HCL, which only Terraform reads: run "terraform plan -out=plan && terraform show -json plan", and give what that prints';
  }
  return "it has neither manifest.json nor *.tf.json nor *.xml nor *.cfg of xl";
}

/** Where a project of the engine writes, if this is one. */
function outputFolder(path: string, names: readonly string[]): string | undefined {
  let folder = "cdktf.out";
  try {
    if (names.includes("cdktf.json")) {
      const { output } = JSON.parse(readFileSync(join(path, "cdktf.json"), "utf8")) as Json;
      if (typeof output === "string") folder = output;
    }
    return statSync(join(path, folder)).isDirectory() ? join(path, folder) : undefined;
  } catch {
    return undefined;
  }
}
