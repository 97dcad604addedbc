import { readFileSync } from "node:fs";
import { App, Fn, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { LibvirtProvider } from "../lib/provider";
import { Volume } from "../lib/provider/volume";
import { attributeOf } from "../lib/reference";
import { silently } from "./support/program";
import { temporaryFolder } from "./support/temporary-folder";

/* A reference of the library's own must be what the binding's getter makes, wherever it is used. */

const outdir = temporaryFolder();

function program() {
  const app = new App({ outdir: outdir() });
  const stack = new TerraformStack(app, "one");
  new LibvirtProvider(stack, "libvirt", { uri: "qemu:///system" });
  return { app, stack, volume: new Volume(stack, "root", { name: "root", pool: "default", capacity: 1 }) };
}

const outputsOf = (stack: TerraformStack): Record<string, { value: unknown }> =>
  silently(() => JSON.parse(Testing.synth(stack))).output;

it.each<[string, (path: string) => unknown]>([
  ["alone", (path) => path],
  ["within a text", (path) => `file://${path}?x`],
  ["twice in a text", (path) => `${path}:${path}`],
  ["in a list and an object", (path) => [{ path }]],
  ["in a function", (path) => Fn.basename(path)],
])("reads the same %s", (_, use) => {
  const { stack, volume } = program();
  new TerraformOutput(stack, "ours", { value: use(attributeOf(volume, "path")) });
  new TerraformOutput(stack, "theirs", { value: use(volume.path) });
  const { ours, theirs } = outputsOf(stack);
  expect(ours).toEqual(theirs);
  expect(JSON.stringify(ours)).toMatch(/libvirt_volume\.root\.path/);
});

it("reads the same in HCL", () => {
  const { stack, volume } = program();
  new TerraformOutput(stack, "ours", { value: attributeOf(volume, "path") });
  new TerraformOutput(stack, "theirs", { value: volume.path });
  const hcl = silently(() => Testing.synthHcl(stack));
  const [ours, theirs] = hcl.split("\n").filter((line: string) => line.includes("libvirt_volume.root"));
  expect(ours).toBe(theirs);
});

it("follows the resource to another address", () => {
  const { stack, volume } = program();
  new TerraformOutput(stack, "ours", { value: attributeOf(volume, "path") });
  volume.overrideLogicalId("moved");
  expect(outputsOf(stack).ours!.value).toBe("${libvirt_volume.moved.path}");
});

it("crosses stacks as the engine does", () => {
  const read = (make: (volume: Volume) => string) => {
    const { app, volume } = program();
    new TerraformOutput(new TerraformStack(app, "two"), "value", { value: make(volume) });
    silently(() => app.synth());
    const file = (stack: string) =>
      JSON.parse(readFileSync(`${app.outdir}/stacks/${stack}/cdk.tf.json`, "utf8"));
    return { value: file("two").output.value.value, outputs: file("one").output };
  };
  expect(read((volume) => attributeOf(volume, "path"))).toEqual(read((volume) => volume.path));
});

it("is made once for each attribute", () => {
  const { volume } = program();
  expect(attributeOf(volume, "path")).toBe(attributeOf(volume, "path"));
  expect(attributeOf(volume, "path")).not.toBe(attributeOf(volume, "name"));
});
