import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** What the engine writes for a stack: JSON, or HCL. */
const CONFIGURATION = ["cdk.tf.json", "cdk.tf"];
/** What it writes beside HCL. */
const METADATA = "metadata.json";

/**
 * Removes the Terraform configuration that this or an earlier synth left in the output folder, so that nothing
 * can be applied that the last synth refused. Terraform's own state and working files stay.
 *
 * @returns the files that could not be removed
 */
export function removeTerraform(outdir: string): string[] {
  const files = [join(outdir, "manifest.json")];
  for (const stack of entries(join(outdir, "stacks"))) {
    const folder = join(outdir, "stacks", stack);
    const written = CONFIGURATION.map((file) => join(folder, file)).filter(isThere);
    if (written.length > 0) files.push(...written, join(folder, METADATA));
  }
  return files.filter((file) => !remove(file)).map((file) => resolve(file));
}

function remove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

/** A link that leads nowhere is there as well; below a file that is no folder, nothing is. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
