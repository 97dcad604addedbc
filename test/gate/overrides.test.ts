import { type App, TerraformStack, Testing } from "cdktf";
import { Gate } from "../../lib";
import {
  domainOf,
  errorsOf,
  filesIn,
  goodStack,
  newApp,
  PLAIN_GOOD,
  PlainResource,
  readJson,
  refusal,
  report,
  SPOILT,
  spoil,
} from "./fleet";

afterEach(() => {
  delete process.env.SYNTH_HCL_OUTPUT;
});

function disk(dev: string) {
  return {
    source: { file: { file: `/srv/${dev}.qcow2` } },
    target: { dev, bus: "virtio" },
    driver: { name: "qemu", type: "qcow2" },
  };
}
const NAME = "one-web";

/** The findings of the plan, and what the rendered stack holds: the reader must see what Terraform gets. */
function synthOf(change: (stack: TerraformStack) => void): string[] {
  const app = newApp();
  const stack = goodStack(app, "one");
  domainOf(stack).putDevices({ disks: [disk("vda"), disk("vdb")] });
  expect(errorsOf(app)).toEqual([]);
  change(stack);
  return refusal(() => app.synth());
}

describe("an override that makes a good plan bad is seen", () => {
  it.each<[string, string, unknown]>([
    ["of a value", "vcpu", 1.5],
    ["of a nested value", "os.kernel_args", "quiet"],
    ["below a list", "devices.disks.1.sauce", {}],
    ["that makes an object of a value", "name.first", "x"],
    ["that adds to a list", "devices.disks", [{ sauce: {} }]],
  ])("%s, on the resource", (_, path, value) => {
    expect(synthOf((stack) => domainOf(stack).addOverride(path, value))).toContain(SPOILT);
  });

  it.each<[string, string, unknown]>([
    ["of a value", "vcpu", 1.5],
    ["of a nested value", "os.kernel_args", "quiet"],
    ["below a list", "devices.disks.1.sauce", {}],
    ["that adds to a list", "devices.disks", [{ sauce: {} }]],
  ])("%s, on the stack", (_, path, value) => {
    expect(synthOf((stack) => stack.addOverride(`resource.libvirt_domain.web.${path}`, value))).toContain(
      SPOILT,
    );
  });

  it("that adds a whole resource", () => {
    const added = { ...PLAIN_GOOD, name: "added", vcpu: 1.5 };
    expect(synthOf((stack) => stack.addOverride("resource.libvirt_domain.added", added))).toContain(SPOILT);
    expect(synthOf((stack) => stack.addOverride("resource.libvirt_domain", { added }))).toContain(SPOILT);
    expect(synthOf((stack) => stack.addOverride("resource", { libvirt_domain: { added } }))).toContain(
      SPOILT,
    );
  });

  it("that adds a whole resource in a stack without any", () => {
    const app = newApp();
    goodStack(app, "one");
    const bare = new TerraformStack(app, "bare");
    bare.addOverride("resource.libvirt_domain.added", { ...PLAIN_GOOD, vcpu: 1.5 });
    expect(refusal(() => app.synth())).toContain(SPOILT);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  it("of one of two guests by the name of the other", () => {
    expect(
      synthOf((stack) => {
        new PlainResource(stack, "db", "libvirt_domain", { ...PLAIN_GOOD, name: "db" });
        stack.addOverride("resource.libvirt_domain.db.name", NAME);
        stack.addOverride("resource.libvirt_domain.db.vcpu", "two");
      }),
    ).toContain(SPOILT);
  });
});

describe("an override that mends a plan is seen", () => {
  it("on the resource", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    spoil(domainOf(stack));
    domainOf(stack).addOverride("vcpu", 2);
    app.synth();
    expect(readJson(app, "one").resource.libvirt_domain!.web).toMatchObject({ vcpu: 2 });
  });

  it("on the stack", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    spoil(domainOf(stack));
    stack.addOverride("resource.libvirt_domain.web.vcpu", 2);
    app.synth();
    expect(readJson(app, "one").resource.libvirt_domain!.web).toMatchObject({ vcpu: 2 });
  });

  it("below a list", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const domain = domainOf(stack);
    domain.putDevices({ disks: [disk("vda")] });
    domain.addOverride("devices.disks.0.sauce", {});
    expect(errorsOf(app)).toContain(SPOILT);
    domain.addOverride("devices.disks.0.sauce", undefined);
    expect(errorsOf(app)).toEqual([]);
    stack.addOverride("resource.libvirt_domain.web.devices.disks.0.sauce", {});
    expect(errorsOf(app)).toContain(SPOILT);
    stack.addOverride("resource.libvirt_domain.web.devices.disks.0.sauce", undefined);
    expect(errorsOf(app)).toEqual([]);
  });

  it.each<[string, string]>([
    ["the resource", "resource.libvirt_domain.web"],
    ["all of a type", "resource.libvirt_domain"],
    ["all resources", "resource"],
  ])("by taking away %s", (_, path) => {
    const app = newApp();
    const stack = goodStack(app, "one");
    spoil(domainOf(stack));
    stack.addOverride(path, undefined);
    app.synth();
    expect(readJson(app, "one").resource?.libvirt_domain?.web).toBeUndefined();
  });
});

describe("overrides of providers", () => {
  /** The hosts whose facts are missed: those that have guests. */
  const hosts = (app: App) =>
    new Set(
      Gate.of(app)
        .evaluate()
        .undetermined.flatMap(({ host }) => host?.uri ?? []),
    );

  it("are seen: of the URI, and as a further one", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    stack.addOverride("provider.libvirt.0.uri", "qemu+ssh://other/system");
    expect(hosts(app)).toEqual(new Set(["qemu+ssh://other/system"]));

    const db = new PlainResource(stack, "db", "libvirt_domain", { ...PLAIN_GOOD, name: "db" });
    db.addOverride("provider", "libvirt.second");
    stack.addOverride("provider.libvirt", [{ alias: "second", uri: "qemu+ssh://second/system" }]);
    expect(hosts(app)).toEqual(new Set(["qemu+ssh://one/system", "qemu+ssh://second/system"]));
  });
});

describe("HCL, into which the engine does not write every override", () => {
  const LOST = "VIRT-API-001";
  const mended = () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    spoil(domainOf(stack));
    stack.addOverride("resource.libvirt_domain.web.vcpu", 2);
    return { app, stack };
  };

  it("is refused where only an override of the stack would mend it", () => {
    process.env.SYNTH_HCL_OUTPUT = "true";
    const { app } = mended();
    expect(refusal(() => app.synth()).sort()).toEqual([LOST, SPOILT]);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  it("is refused by Testing.synthHcl as well, and its JSON is not", () => {
    const { stack } = mended();
    expect(JSON.parse(Testing.synth(stack)).resource.libvirt_domain.web.vcpu).toBe(2);
    expect(refusal(() => Testing.synthHcl(stack))).toContain(SPOILT);
  });

  it.each<[string, unknown]>([
    ["os.type_machine", "pc"],
    ["devices.disks.0.target.dev", "vdb"],
    ["os", { type_machine: "pc" }],
  ])("is refused where the override of %s would be lost", (path, value) => {
    const app = newApp();
    const domain = domainOf(goodStack(app, "one"));
    domain.putDevices({ disks: [disk("vda")] });
    const plain = Testing.synthHcl(domain.cdktfStack);
    domain.addOverride(path, value);
    expect(refusal(() => Testing.synthHcl(domain.cdktfStack))).toEqual([LOST]);
    expect(report()).toContain("the engine writes no override below an attribute into HCL");
    Gate.of(app).reportOnly();
    expect(Testing.synthHcl(domain.cdktfStack)).toBe(plain);
  });

  it.each<[string, unknown, string]>([
    ["vcpu", 3, "vcpu = 3"],
    ["title", "Web", 'title = "Web"'],
    ["cpu", { mode: "host-model" }, 'mode = "host-model"'],
    ["lifecycle", { prevent_destroy: true }, "prevent_destroy = true"],
  ])("is written where the override of %s is", (path, value, text) => {
    const domain = domainOf(goodStack(newApp(), "one"));
    domain.addOverride(path, value);
    expect(Testing.synthHcl(domain.cdktfStack)).toContain(text);
  });
});
