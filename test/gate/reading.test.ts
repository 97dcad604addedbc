import {
  type App,
  Fn,
  Lazy,
  TerraformCount,
  TerraformIterator,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import { Gate } from "../../lib";
import { Domain } from "../../lib/provider/domain";
import { Network } from "../../lib/provider/network";
import { Pool } from "../../lib/provider/pool";
import { LibvirtProvider } from "../../lib/provider/provider";
import { Volume } from "../../lib/provider/volume";
import {
  badStack,
  domainOf,
  errorsOf,
  filesIn,
  GOOD,
  goodStack,
  newApp,
  PLAIN_GOOD,
  PlainProvider,
  PlainResource,
  readJson,
  refusal,
  report,
  SPOILT,
  spoil,
} from "./fleet";

const UNIQUE_ADDRESS = "VIRT-PRV-001";
const UNIQUE_NAME = "VIRT-UNQ-001";

describe("hosts", () => {
  const withUris = (one: string, two: string) => {
    const app = newApp();
    for (const [id, uri] of [
      ["one", one],
      ["two", two],
    ] as const) {
      const stack = new TerraformStack(app, id);
      const provider = new LibvirtProvider(stack, "kvm", { uri, alias: id });
      new Domain(stack, "web", { ...GOOD, provider });
    }
    return app;
  };

  it("with one URI in two stacks are one host, so that two guests of one name are found", () => {
    const app = withUris("qemu+ssh://h/system", "qemu+ssh://h/system");
    expect(refusal(() => app.synth())).toContain(UNIQUE_NAME);
    expect(errorsOf(withUris("qemu+ssh://h/system", "qemu+ssh://i/system"))).toEqual([]);
  });

  it("are one whatever the spelling and the password", () => {
    const app = withUris("qemu+ssh://root:one@H/system/", "qemu+ssh://root:two@h/system");
    expect(errorsOf(app)).toContain(UNIQUE_NAME);
  });

  it("are one for plain elements too", () => {
    const app = newApp();
    for (const id of ["one", "two"]) {
      const stack = new TerraformStack(app, id);
      new PlainProvider(stack, "kvm", { uri: "qemu+ssh://h/system" });
      new PlainResource(stack, id, "libvirt_domain", PLAIN_GOOD);
    }
    Gate.of(app);
    expect(refusal(() => app.synth())).toContain(UNIQUE_NAME);
  });
});

describe("addresses", () => {
  it("web.01 and web01 are one, and a guest would vanish", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    new Domain(stack, "db.01", { ...GOOD, provider, name: "first" });
    new Domain(stack, "db01", { ...GOOD, provider, name: "second" });
    expect(refusal(() => app.synth())).toEqual([UNIQUE_ADDRESS]);
  });

  it("that two logical ids are made to share are one", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const db = new Domain(stack, "db", {
      ...GOOD,
      name: "db",
      provider: stack.node.findChild("kvm") as never,
    });
    db.overrideLogicalId("web");
    expect(refusal(() => app.synth())).toEqual([UNIQUE_ADDRESS]);
  });

  it("of one id in two stacks are two", () => {
    const app = newApp();
    goodStack(app, "one");
    goodStack(app, "two");
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(3);
  });
});

describe("references", () => {
  /** What the rules see of the guest's first disk. */
  function sourceSeen(app: App): unknown {
    const seen: unknown[] = [];
    const { findings } = Gate.of(app).evaluate();
    seen.push(...findings.map((finding) => finding.message));
    return seen;
  }

  it("to a volume of another stack are followed", () => {
    const app = newApp();
    const one = new TerraformStack(app, "one");
    const provider = new LibvirtProvider(one, "kvm", { uri: "qemu+ssh://h/system" });
    const pool = new Pool(one, "pool", { provider, name: "vms", type: "dir", target: { path: "/srv/vms" } });
    const volume = new Volume(one, "root", { provider, name: "root.qcow2", pool: pool.name, capacity: 10 });
    const two = new TerraformStack(app, "two");
    const other = new LibvirtProvider(two, "kvm", { uri: "qemu+ssh://h/system" });
    for (const id of ["left", "right"]) {
      new Domain(two, id, {
        ...GOOD,
        name: id,
        provider: other,
        devices: {
          disks: [
            {
              source: { volume: { pool: volume.pool, volume: volume.name } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "qcow2" },
            },
          ],
        },
      });
    }
    // One writable image in two guests: only who follows the references knows which image that is.
    expect(errorsOf(app)).toContain("VIRT-UNQ-005");
    expect(sourceSeen(app)).toEqual(expect.arrayContaining([expect.stringContaining("root.qcow2")]));
  });

  it("to a resource of another stack are not taken for one of that name in their own", () => {
    const app = newApp();
    const [one, two] = ["one", "two"].map((id) => new TerraformStack(app, id)) as [
      TerraformStack,
      TerraformStack,
    ];
    const far = new LibvirtProvider(one, "kvm", { uri: "qemu+ssh://h/system" });
    const near = new LibvirtProvider(two, "kvm", { uri: "qemu+ssh://h/system" });
    // Of the two, one's memory is a number and the other's is none: whose is read shows in the findings.
    const right = new Domain(one, "db", { ...GOOD, provider: far, name: "right", vcpu: 4 });
    new Domain(two, "db", { ...GOOD, provider: near, name: "wrong", vcpu: 2 });
    const topology = { topology: { sockets: 1, cores: 4, threads: 1 } };
    const copies: [string, unknown][] = [
      ["number", right.vcpu],
      ["text", `\${${right.fqn}.vcpu}`],
      ["function", Fn.max([right.vcpu as number])],
      ["lazy", Lazy.numberValue({ produce: () => right.vcpu })],
    ];
    for (const [id, vcpu] of copies) {
      new Domain(two, id, { ...GOOD, provider: near, name: id, vcpu: vcpu as number, cpu: topology });
    }
    expect(errorsOf(app)).toEqual([]);
    right.vcpu = 8;
    expect(errorsOf(app)).toEqual(["VIRT-CPU-002", "VIRT-CPU-002"]);
  });

  it("do not change with the time at which they are asked", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    let vcpu = 1;
    domainOf(stack).vcpu = Lazy.numberValue({ produce: () => vcpu }) as never;
    expect(errorsOf(app)).toEqual([]);
    vcpu = 1.5;
    expect(errorsOf(app)).toContain(SPOILT);
    vcpu = 2;
    expect(errorsOf(app)).toEqual([]);
  });
});

describe("repeated resources", () => {
  const PINNED = { ...GOOD, name: "pinned" };

  it.each<[string, (stack: TerraformStack) => object]>([
    ["a number", () => ({ count: 2 })],
    ["TerraformCount of a number", () => ({ count: TerraformCount.of(2) })],
    ["a list", () => ({ forEach: TerraformIterator.fromList(["a", "b"]) })],
    ["a map", () => ({ forEach: TerraformIterator.fromMap({ a: { x: 1 }, b: { x: 2 } }) })],
  ])("by %s have one literal name twice", (_, repeat) => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    new Domain(stack, "many", { ...PINNED, provider, ...repeat(stack) });
    expect(refusal(() => app.synth())).toEqual([UNIQUE_NAME]);
  });

  it.each<[string, (stack: TerraformStack) => object]>([
    ["no number", () => ({})],
    ["one", () => ({ count: 1 })],
    ["a list of one", () => ({ forEach: TerraformIterator.fromList(["a"]) })],
    ["a list that says one thing twice", () => ({ forEach: TerraformIterator.fromList(["a", "a"]) })],
  ])("by %s have it once", (_, repeat) => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    new Domain(stack, "many", { ...PINNED, provider, ...repeat(stack) });
    expect(errorsOf(app)).toEqual([]);
  });

  it("have names of their own by the index or the key", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    const count = TerraformCount.of(3);
    new Domain(stack, "counted", { ...GOOD, provider, name: `n${count.index}`, count });
    const forEach = TerraformIterator.fromList(["a", "b"]);
    new Domain(stack, "listed", { ...GOOD, provider, name: `m-${forEach.value}`, forEach });
    app.synth();
    const { counted, listed } = readJson(app, "one").resource.libvirt_domain!;
    expect([counted, listed]).toMatchObject([{ name: "n${count.index}" }, { name: "m-${each.value}" }]);
    new Domain(stack, "n3", { ...GOOD, provider, name: "n3" });
    new Domain(stack, "m-c", { ...GOOD, provider, name: "m-c" });
    expect(errorsOf(app)).toEqual([]);
    new Domain(stack, "n2", { ...GOOD, provider, name: "n2" });
    expect(errorsOf(app)).toEqual([UNIQUE_NAME]);
    new Domain(stack, "m-b", { ...GOOD, provider, name: "m-b" });
    expect(errorsOf(app)).toEqual([UNIQUE_NAME, UNIQUE_NAME]);
  });

  it("have no names where the engine loses the index behind a dash", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    const count = TerraformCount.of(3);
    const lost = new Domain(stack, "lost", { ...GOOD, provider, name: `n-${count.index}`, count });
    expect(refusal(() => app.synth())).toEqual([SPOILT]);
    expect(report()).toContain("Token.asString(count.index)");
    lost.name = `n-${Token.asString(count.index)}`;
    new Domain(stack, "n2", { ...GOOD, provider, name: "n-2" });
    expect(errorsOf(app)).toEqual([UNIQUE_NAME]);
    lost.name = `n-${Token.asString(count.index)}-x`;
    app.synth();
    expect(readJson(app, "one").resource.libvirt_domain!.lost).toMatchObject({ name: "n-${count.index}-x" });
  });

  it("by a number that only apply knows are read", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    const count = TerraformCount.of(new TerraformVariable(stack, "n", { type: "number" }).numberValue);
    new Domain(stack, "many", { ...PINNED, provider, count, vcpu: 1.5 });
    expect(errorsOf(app)).toContain(SPOILT);
  });
});

describe("moved and imported resources", () => {
  const moved = () => {
    const app = newApp({ skipValidation: true });
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    const old = new Domain(stack, "old", { ...GOOD, provider, name: "old" });
    return { app, stack, old };
  };

  it("what moved to another resource is not there any more", () => {
    const { app, stack, old } = moved();
    spoil(old);
    domainOf(stack).addMoveTarget("new");
    old.moveTo("new");
    app.synth();
    expect(Object.keys(readJson(app, "one").resource.libvirt_domain!)).toEqual(["web"]);
  });

  it("what moved from another address, or is imported, is read", () => {
    const { app, stack, old } = moved();
    domainOf(stack).moveFromId("libvirt_domain.before");
    old.importFrom("6695eb01-f6a4-8304-79aa-97f2502e193f");
    expect(errorsOf(app)).toEqual([]);
    spoil(domainOf(stack));
    spoil(old);
    expect(refusal(() => app.synth())).toEqual([SPOILT, SPOILT]);
  });

  it("what moves to an id is not there any more", () => {
    const { app, old } = moved();
    spoil(old);
    old.moveToId("libvirt_domain.web");
    app.synth();
  });

  it("a configuration that Terraform is to write is none", () => {
    const { app, stack } = moved();
    Domain.generateConfigForImport(stack, "imported", "some-id");
    app.synth();
    expect(filesIn(app.outdir)).toContain("stacks/one/cdk.tf.json");
  });
});

describe("a class of the user's that renders in its own way is read as it renders", () => {
  class FromAttributes extends Domain {
    protected override synthesizeAttributes(): Record<string, unknown> {
      return { ...super.synthesizeAttributes(), no_such_attribute: 1 };
    }
  }
  class FromTerraform extends Domain {
    override toTerraform() {
      const rendered = super.toTerraform();
      Object.assign(rendered.resource.libvirt_domain[this.friendlyUniqueId], { no_such_attribute: 1 });
      return rendered;
    }
  }

  it.each([FromAttributes, FromTerraform])("%p", (Kind) => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    new Kind(stack, "db", { ...GOOD, provider, name: "db" });
    expect(refusal(() => app.synth())).toContain(SPOILT);
  });
});

describe("trees", () => {
  it("stacks in stacks are read once", () => {
    const app = newApp();
    const outer = goodStack(app, "outer");
    const inner = badStack(outer, "inner");
    expect(refusal(() => app.synth())).toEqual([SPOILT]);
    domainOf(inner).vcpu = 1;
    app.synth();
    expect(filesIn(app.outdir)).toContain("stacks/inner/cdk.tf.json");
  });

  it("a network and a guest in different constructs of a stack find each other", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    const provider = stack.node.findChild("kvm") as LibvirtProvider;
    const network = new Network(stack, "lan", {
      provider,
      name: "lan",
      forward: { mode: "nat" },
      ips: [{ address: "10.20.0.1", prefix: 24 }],
    });
    const source = { network: { network: network.name } };
    domainOf(stack).putDevices({ interfaces: [{ source }] });
    expect(errorsOf(app)).toEqual([]);
  });
});
