import { App, TerraformStack } from "cdktf";
import {
  Connection,
  Gate,
  Host,
  HostFacts,
  Image,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  StoragePool,
  XenHost,
  XenPvGuest,
} from "../../lib";
import { errors, only, run, silently } from "../support/program";
import { temporaryFolder } from "../support/temporary-folder";

const memory = Memory.gibibytes(1);
const connection = Connection.ssh("h1");

describe("a host", () => {
  it("is a provider configuration with an alias of its own, which its resources name", () => {
    const { json } = run((stack) => {
      const kvm = new KvmHost(stack, "kvm1", { connection });
      const xen = new XenHost(stack, "xen1", { connection: Connection.tls("x1") });
      new KvmGuest(stack, "web", { host: kvm, memory });
      new XenPvGuest(stack, "db", { host: xen, memory, nics: [] });
    });
    expect(json.provider.libvirt).toEqual([
      { alias: "kvm1", uri: "qemu+ssh://h1/system" },
      { alias: "xen1", uri: "xen+tls://x1/system" },
    ]);
    const providers = Object.entries(json.resource)
      .filter(([type]) => type.startsWith("libvirt_"))
      .flatMap(([, byName]) => Object.values(byName).map(({ name, provider }) => [name, provider]));
    expect(Object.fromEntries(providers)).toEqual({
      web: "libvirt.kvm1",
      "kvm1-nat": "libvirt.kvm1",
      db: "libvirt.xen1",
    });
  });

  it("has an alias that Terraform takes, wherever it is and whatever it is called", () => {
    const { json } = run((stack) => {
      for (const id of ["kvm1", "1st", "a.b", "rack/kvm1", "größe"]) new KvmHost(stack, id, { connection });
      new KvmHost(new TerraformStack(stack, "inner"), "kvm1", { connection });
    });
    const aliases: string[] = json.provider.libvirt.map(({ alias }: { alias: string }) => alias);
    expect(aliases[0]).toBe("kvm1");
    expect(new Set(aliases).size).toBe(5);
    for (const alias of aliases) expect(alias).toMatch(/^[A-Za-z_][\w-]*$/);
  });

  it("has the architecture that is said, or that its facts say, or x86_64", () => {
    const arch = (props: object) => {
      let found = "";
      run((stack) => {
        found = new KvmHost(stack, "h", { connection, ...props }).arch;
      });
      return found;
    };
    const facts = HostFacts.fromJson({ source: "test", arch: "aarch64" });
    expect(arch({})).toBe("x86_64");
    expect(arch({ facts })).toBe("aarch64");
    expect(arch({ facts, arch: "riscv64" })).toBe("riscv64");
  });

  it("pins the provider's version, or another one where it is told", () => {
    const versions = (providerVersion?: string) =>
      run((stack) => new KvmHost(stack, "h", { connection, providerVersion })).json.terraform
        .required_providers.libvirt;
    expect(versions()).toEqual({ source: "dmacvicar/libvirt", version: "~> 0.9.7" });
    expect(versions(">= 0.9.7, < 0.11").version).toBe(">= 0.9.7, < 0.11");
  });

  it("has a network and a pool for those that name none, made once and only when needed", () => {
    expect(run((stack) => new KvmHost(stack, "h", { connection })).json.resource).toBeUndefined();
    const image = Image.fromUrl("https://example.net/a.qcow2");
    const { json } = run((stack) => {
      const host = new KvmHost(stack, "h", { connection });
      new KvmGuest(stack, "a", { host, memory, image });
      new KvmGuest(stack, "b", { host, memory, image });
    });
    expect(Object.values(json.resource.libvirt_network!).map(({ name }) => name)).toEqual(["h-nat"]);
    expect(Object.values(json.resource.libvirt_pool!).map(({ name }) => name)).toEqual(["h-vms"]);
  });

  it("uses the network and the pool that it is given", () => {
    const result = run((stack) => {
      const bare = new KvmHost(stack, "bare", { connection });
      const network = NatNetwork.fromExisting(bare, "default");
      const pool = StoragePool.fromExisting(bare, "default");
      const host = new KvmHost(stack, "h", { connection, network, pool });
      new KvmGuest(stack, "a", { host, memory, image: Image.fromUrl("https://example.net/a.qcow2") });
    });
    expect(result.json.resource.libvirt_network).toBeUndefined();
    expect(result.json.resource.libvirt_pool).toBeUndefined();
    const { interfaces } = only(result, "libvirt_domain").devices;
    expect(interfaces[0].source.network.network).toBe("default");
  });

  it("is told apart from what is none", () => {
    run((stack) => {
      expect(Host.isHost(new KvmHost(stack, "h", { connection }))).toBe(true);
      for (const other of [stack, undefined, null, {}, "h"]) expect(Host.isHost(other)).toBe(false);
    });
  });
});

describe("a Xen host", () => {
  it("keeps what it is told of dom0 and of its distribution", () => {
    run((stack) => {
      const dom0 = { memory: Memory.gibibytes(4), vcpus: 2 };
      const host = new XenHost(stack, "x", { connection, dom0, variant: "suse" });
      expect(host).toMatchObject({ hypervisor: "xen", variant: "suse", dom0 });
      expect(new XenHost(stack, "y", { connection })).toMatchObject({ variant: "debian", dom0: {} });
    });
  });
});

const outdir = temporaryFolder();

it("is found missing by a guest of another stack, where Terraform has no such provider", () => {
  const app = new App({ outdir: outdir() });
  const host = new KvmHost(new TerraformStack(app, "one"), "kvm1", { connection });
  new KvmGuest(new TerraformStack(app, "two"), "web", { host, memory, nics: [Nic.bridge("br0")] });
  const { findings } = silently(() => Gate.of(app).evaluate());
  const found = errors({ findings } as never);
  expect(found).toEqual([
    'VIRT-API-001 host of "web": is in another stack (one), and Terraform knows its provider there alone.',
  ]);
});
