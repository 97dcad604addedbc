import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { removeTerraform } from "../../lib/gate/output";
import { badStack, emptyFolder, filesIn, goodStack, newApp, refusal, report } from "./fleet";

function write(folder: string, files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), "{}");
  }
}

/** What Terraform, the engine's assets and people leave beside the configuration. */
const STAY = [
  "stacks/one/.terraform.lock.hcl",
  "stacks/one/.terraform/providers/provider",
  "stacks/one/assets/file/1/script.sh",
  "stacks/one/notes.md",
  "stacks/one/plan",
  "stacks/one/terraform.tfstate.d/x/terraform.tfstate",
  "stacks/one/variables.auto.tfvars",
  "terraform.one.tfstate",
  "terraform.one.tfstate.backup",
];

describe("a refusal", () => {
  it.each([
    ["JSON", ["manifest.json", "stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json"]],
    ["HCL", ["manifest.json", "stacks/one/cdk.tf", "stacks/one/metadata.json", "stacks/gone/cdk.tf"]],
  ])("removes the %s of an earlier synth, and nothing else", (_, left) => {
    const outdir = emptyFolder();
    write(outdir, [...STAY, ...left]);
    const app = new App({ outdir });
    badStack(app, "one");
    refusal(() => app.synth());
    expect(filesIn(outdir)).toEqual([...STAY].sort());
  });

  it("removes what the synth before it wrote", () => {
    const outdir = emptyFolder();
    const app = new App({ outdir });
    goodStack(app, "one");
    app.synth();
    expect(filesIn(outdir)).toHaveLength(2);
    const next = new App({ outdir });
    badStack(next, "one");
    refusal(() => next.synth());
    expect(filesIn(outdir)).toEqual([]);
  });

  it("leaves files alone that only have the name of the engine's", () => {
    const outdir = emptyFolder();
    const own = ["cdk.tf.json", "stacks/data/metadata.json", "stacks/metadata.json", "stacks/one/x/cdk.tf"];
    write(outdir, own);
    removeTerraform(outdir);
    expect(filesIn(outdir)).toEqual(own);
  });

  it("removes a link and not what it leads to", () => {
    const [outdir, elsewhere] = [emptyFolder(), emptyFolder()];
    write(elsewhere, ["cdk.tf.json"]);
    write(outdir, ["stacks/one/notes.md"]);
    symlinkSync(path.join(elsewhere, "cdk.tf.json"), path.join(outdir, "stacks/one/cdk.tf.json"));
    removeTerraform(outdir);
    expect(filesIn(outdir)).toEqual(["stacks/one/notes.md"]);
    expect(readFileSync(path.join(elsewhere, "cdk.tf.json"), "utf8")).toBe("{}");
  });

  it("takes a folder that does not exist for an empty one", () => {
    expect(removeTerraform(path.join(emptyFolder(), "nowhere"))).toEqual([]);
  });

  it("says which file it could not remove, and still refuses", () => {
    const app = newApp();
    badStack(app, "one");
    // A folder of that name cannot be removed as a file, by nobody: the test may run as root.
    write(app.outdir, ["stacks/one/cdk.tf.json/inside"]);
    refusal(() => app.synth());
    expect(report()).toContain(
      `Could not remove ${path.join(app.outdir, "stacks/one/cdk.tf.json")}, which was not made from this plan`,
    );
  });

  it("of Gate.evaluate removes nothing", () => {
    const app = newApp();
    goodStack(app, "one");
    app.synth();
    const before = filesIn(app.outdir);
    badStack(app, "two");
    expect(filesIn(app.outdir)).toEqual(before);
  });
});
