import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { shownDomain, shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

/** A folder with these files. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const root = newFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      Buffer.isBuffer(content) || typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return root;
}
const file = (content: unknown) => join(folder({ "some.file": content }), "some.file");

const PLAN = shownPlan(shownDomain("web"));
const STACK = {
  provider: { libvirt: [{ uri: "qemu:///system" }] },
  resource: {
    libvirt_domain: { web: { name: "web", type: "kvm", memory: 1, memory_unit: "GiB", os: { type: "hvm" } } },
  },
};
const state = (...resources: object[]) => ({ format_version: "1.0", values: { root_module: { resources } } });

describe("what cannot be checked ends in exit code 2 and one line", () => {
  const cases: Readonly<Record<string, [() => string, RegExp]>> = {
    "nothing there": [() => "/nowhere/plan.json", /\/nowhere\/plan\.json does not exist/],
    "an empty file": [() => file(" \n"), /is empty/],
    "a binary": [() => file(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2])), /is binary/],
    "a plan in Terraform's own form": [() => file("PK\u0003\u0004\u0014\u0000"), /terraform show -json/],
    HCL: [() => file('# rack\nresource "libvirt_domain" "web" {\n'), /is HCL.*terraform show -json/],
    prose: [() => file("Dear reader"), /is neither JSON nor XML/],
    "truncated JSON": [() => file(JSON.stringify(PLAN).slice(0, 400)), /is cut off after 400 characters/],
    "wrong JSON": [() => file('{"resource": nope}'), /is not valid JSON \(/],
    "a list": [() => file("[1]"), /neither a Terraform configuration/],
    "other JSON": [() => file({ name: "x", dependencies: {} }), /it has name, dependencies/],
    "invalid UTF-8": [
      () => file(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])),
      /is not UTF-8|is binary/,
    ],
    "a plan without libvirt": [() => file(shownPlan()), /has no libvirt resource/],
    "a configuration without libvirt": [
      () => file({ resource: { null_resource: { a: {} } } }),
      /has no libvirt resource/,
    ],
    "an empty state": [() => file({ format_version: "1.0" }), /shows no resources/],
    "a state file": [() => file({ version: 4, serial: 1, lineage: "x", resources: [] }), /is a state file/],
    "junk in a plan": [
      () => file({ planned_values: { root_module: { resources: [null] } } }),
      /is not what "terraform show -json" prints/,
    ],
    "an old provider": [
      () => file(shownPlan(shownDomain("web", { network_interface: [] }))),
      /libvirt 0\.8 or older/,
    ],
    "a state of two hosts": [
      () => file(state(shownDomain("a", { name: "x" }), shownDomain("b", { name: "x" }))),
      /several hosts/,
    ],
    "a state of KVM and Xen": [
      () => file(state(shownDomain("a"), shownDomain("b", { type: "xen" }))),
      /several hosts/,
    ],
    "an empty folder": [() => folder({}), /holds no plan/],
    "a folder of HCL": [() => folder({ "main.tf": "" }), /terraform show -json/],
    "the folder above the output": [
      () => folder({ "cdktf.out/manifest.json": {} }),
      /give the folder of its synth/,
    ],
    "its output elsewhere": [
      () => folder({ "cdktf.json": { output: "build" }, "build/manifest.json": {} }),
      /give the folder of its synth, .*build/,
    ],
    "a foreign manifest": [() => folder({ "manifest.json": { name: "web app" } }), /lists no stacks/],
    "stacks that are gone": [
      () => folder({ "manifest.json": { stacks: { a: {} } } }),
      /stacks\/a\/cdk\.tf\.json does not exist/,
    ],
    "stacks in HCL": [
      () => folder({ "manifest.json": { stacks: { a: {} } }, "stacks/a/cdk.tf": "" }),
      /synthesized to HCL/,
    ],
    "a deep folder of junk": [() => folder({ "a.tf.json": "{" }), /a\.tf\.json is not valid JSON/],
  };

  test.each(Object.entries(cases))("%s", async (_, [path, message]) => {
    const { code, stdout, stderr } = await virtConstructs(["check", path()]);
    expect(stderr).toMatch(message);
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)("a file that may not be read", async () => {
    const path = file(PLAN);
    chmodSync(path, 0);
    expect(await virtConstructs(["check", path])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("permission denied"),
    });
  });

  test("control characters of a file stay out of the line", async () => {
    const { stderr } = await virtConstructs(["check", file({ "\u001b[31m\n": 1 })]);
    expect(stderr.slice(0, -1)).not.toMatch(/\p{Cc}/u);
  });
});

describe("what a path is, its content tells", () => {
  const names = async (...paths: string[]) => {
    const { stdout } = await virtConstructs(["inventory", ...paths]);
    return stdout
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
  };

  test("a plan, a state and a configuration, whatever their files are called", async () => {
    for (const content of [PLAN, state(shownDomain("web")), STACK, { ...STACK, "//": {} }]) {
      expect(await names(file(content))).toEqual(["web"]);
    }
  });

  test("a state may have two volumes or cloud-init disks of one name", async () => {
    const seed = (name: string) => ({
      ...{ address: `libvirt_cloudinit_disk.${name}`, mode: "managed", type: "libvirt_cloudinit_disk", name },
      values: { name: "seed", user_data: "", meta_data: "" },
    });
    expect(await names(file(state(shownDomain("web"), seed("a"), seed("b"))))).toEqual(["web"]);
  });

  test("text with a byte-order mark, in UTF-8 and UTF-16", async () => {
    expect(await names(file(`\uFEFF${JSON.stringify(PLAN)}`))).toEqual(["web"]);
    expect(await names(file(Buffer.from(`\uFEFF${JSON.stringify(PLAN)}`, "utf16le")))).toEqual(["web"]);
  });

  test("a folder of *.tf.json is one module, with overrides last", async () => {
    const override = { resource: { libvirt_domain: { web: { name: "better" } } } };
    expect(
      await names(folder({ "a_override.tf.json": override, "main.tf.json": STACK, "notes.txt": "" })),
    ).toEqual(["better"]);
  });

  test("an output folder has its stacks in the manifest", async () => {
    const files = {
      "manifest.json": { stacks: { a: { synthesizedStackPath: "stacks/a/cdk.tf.json" }, b: {} } },
      "stacks/a/cdk.tf.json": STACK,
      "stacks/b/cdk.tf.json": STACK,
      "stacks/old/cdk.tf.json": STACK,
    };
    const { stdout } = await virtConstructs(["check", folder(files)]);
    expect(stdout).toContain('2 guests on "libvirt" are called "web"');
  });

  test("stacks of one name in two outputs are told apart", async () => {
    const output = () => folder({ "manifest.json": { stacks: { a: {} } }, "stacks/a/cdk.tf.json": STACK });
    const { stdout } = await virtConstructs(["check", output(), output()]);
    expect(stdout).toContain("VIRT-UNQ-001");
    expect(stdout).not.toContain("VIRT-PRV-001");
  });
});
