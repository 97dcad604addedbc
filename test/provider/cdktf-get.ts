/**
 * What `cdktf get` makes of the recorded schema: the sources in a folder, and one bundle of them.
 *
 *     node --import tsx test/provider/cdktf-get.ts FOLDER
 *
 * A process of its own, since loading the generator in Jest takes longer than running it.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
// The package's index needs jsii-pacmak, which is not installed: the generator alone does not.
import { TerraformProviderGenerator } from "@cdktf/provider-generator/lib/get/generator/provider-generator";
import { CodeMaker } from "codemaker";
import { build } from "esbuild";

const schema = path.join(__dirname, "../../scripts/provider-data/0.9.7/schema.json");

async function main(folder: string): Promise<void> {
  const code = new CodeMaker();
  // The generator brings its own codemaker, whose class is another one to the type checker.
  const generator = new TerraformProviderGenerator(code as never, JSON.parse(readFileSync(schema, "utf8")));
  const target = { name: "libvirt", source: "dmacvicar/libvirt", version: "~> 0.9.7", isModule: false };
  generator.generate(target as Parameters<typeof generator.generate>[0]);
  await code.save(folder);
  await build({
    entryPoints: [path.join(folder, "providers/libvirt/index.ts")],
    outfile: path.join(folder, "bundle.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    external: ["cdktf", "constructs"],
  });
}

void main(process.argv[2]!);
