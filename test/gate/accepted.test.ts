import { readFileSync } from "node:fs";
import path from "node:path";
import { type App, TerraformStack, Testing } from "cdktf";
import { Connection, Gate, GuestOs, Image, KvmGuest, KvmHost, Memory } from "../../lib";
import { filesIn, goodStack, newApp, PLAIN_GOOD, PlainProvider, PlainResource } from "./fleet";

afterEach(() => {
  delete process.env.SYNTH_HCL_OUTPUT;
});

const GATE = "virt-constructs-gate";

function fleet(): App {
  const app = newApp();
  goodStack(app, "one");
  const two = new TerraformStack(app, "two");
  const host = new KvmHost(two, "kvm1", { connection: Connection.ssh("two") });
  const image = Image.fromUrl("https://example.org/debian-12.qcow2");
  new KvmGuest(two, "db", { host, memory: Memory.gibibytes(2), os: GuestOs.DEBIAN_12, image });
  return app;
}

/** Every file that the app writes, by name. */
function written(app: App): Record<string, string> {
  app.synth();
  return Object.fromEntries(
    filesIn(app.outdir).map((file) => [file, readFileSync(path.join(app.outdir, file), "utf8")]),
  );
}

describe.each([
  ["JSON", undefined, 3],
  ["HCL", "true", 5],
])("the gate adds nothing to an accepted plan in %s", (_, hcl, files) => {
  beforeEach(() => {
    if (hcl) process.env.SYNTH_HCL_OUTPUT = hcl;
  });

  it("of this package's elements", () => {
    const without = fleet();
    for (const stack of without.node.children) expect(stack.node.tryRemoveChild(GATE)).toBe(true);
    const expected = written(without);
    expect(Object.keys(expected)).toHaveLength(files);
    const guarded = fleet();
    expect(guarded.node.children.every((stack) => stack.node.tryFindChild(GATE))).toBe(true);
    expect(written(guarded)).toEqual(expected);
  });

  it("of plain elements, where Gate.of installs it", () => {
    const plain = () => {
      const app = newApp();
      const stack = new TerraformStack(app, "one");
      new PlainProvider(stack, "kvm", { uri: "qemu+ssh://one/system" });
      new PlainResource(stack, "web", "libvirt_domain", PLAIN_GOOD);
      return app;
    };
    const guarded = plain();
    Gate.of(guarded);
    expect(written(guarded)).toEqual(written(plain()));
  });
});

test("reading a plan changes nothing in the tree that is rendered", () => {
  const app = newApp();
  const stack = goodStack(app, "one");
  const before = JSON.stringify(Testing.synth(stack));
  const constructs = app.node.findAll().length;
  for (let times = 0; times < 3; times++) Gate.of(app).evaluate();
  expect(app.node.findAll()).toHaveLength(constructs);
  expect(JSON.stringify(Testing.synth(stack))).toBe(before);
});

test("an app and a stack without any libvirt are none of the gate's business", () => {
  const app = newApp();
  const bare = new TerraformStack(app, "bare");
  new PlainResource(bare, "other", "null_resource", { triggers: { no: "such attribute" } });
  Gate.of(app);
  goodStack(app, "one");
  app.synth();
  expect(filesIn(app.outdir)).toEqual(["manifest.json", "stacks/bare/cdk.tf.json", "stacks/one/cdk.tf.json"]);

  const empty = newApp();
  Gate.of(empty);
  empty.synth();
  expect(Gate.of(empty).evaluate()).toEqual({ findings: [], undetermined: [] });
});

test("a stack without an app is checked as well", () => {
  const stack = goodStack(undefined as never, "alone");
  expect(Gate.of(stack).evaluate().findings).toEqual([]);
  expect(Testing.synth(stack)).toContain('"alone-web"');
});

test("Gate.of gives one gate for an app, whatever the scope, and installs it once", () => {
  const app = newApp();
  const stack = goodStack(app, "one");
  expect(Gate.of(app)).toBe(Gate.of(stack));
  expect(Gate.of(app)).toBe(Gate.of(stack.node.findChild("web")));
  Gate.of(app);
  expect(stack.node.children.filter((child) => child.node.id === GATE)).toHaveLength(1);
  expect(Gate.of(newApp())).not.toBe(Gate.of(app));
});

test("a second copy of the package finds the gate of the first", () => {
  const app = newApp();
  goodStack(app, "one");
  const gate = Gate.of(app);
  jest.isolateModules(() => {
    const copy = require("../../lib") as typeof import("../../lib");
    expect(copy.Gate).not.toBe(Gate);
    expect(copy.Gate.of(app)).toBe(gate);
  });
});
