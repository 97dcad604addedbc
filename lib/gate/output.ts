import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What the engine writes for a stack, as JSON or as HCL with its metadata. */
const STACK_FILES = ["cdk.tf.json", "cdk.tf", "metadata.json"];

/**
 * Removes the Terraform configuration that this or an earlier synth left in the output folder, so that nothing
 * can be applied that the last synth refused. Terraform's own state and working files stay.
 */
export function removeTerraform(outdir: string): void {
  const stacks = join(outdir, "stacks");
  for (const stack of entries(stacks)) {
    for (const file of STACK_FILES) rmSync(join(stacks, stack, file), { force: true });
  }
  rmSync(join(outdir, "manifest.json"), { force: true });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
