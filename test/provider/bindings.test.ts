import {
  Fn,
  Lazy,
  TerraformCount,
  TerraformIterator,
  TerraformOutput,
  type TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import {
  DataLibvirtDomainInterfaceAddresses,
  DataLibvirtNodeDevices,
  Domain,
  type DomainConfig,
  LibvirtProvider,
  Network,
  Volume,
} from "../../lib/provider";
import { configOf } from "../../lib/provider/element";
import { newStack } from "./sample";

// What the gate thinks of these configurations is no matter of the bindings.
jest.mock("../../lib/gate/gate", () => ({ Gate: { guard: () => {} } }));

let stack: TerraformStack;
beforeEach(() => {
  stack = newStack();
});

const synth = () => JSON.parse(Testing.synth(stack));
const domainOf = (id: string) => synth().resource.libvirt_domain[id];
const minimal: DomainConfig = { name: "web", type: "kvm" };

describe("configuration", () => {
  test("gets Terraform's names at every depth", () => {
    new Domain(stack, "web", {
      ...minimal,
      memoryUnit: "MiB",
      features: { vmCoreInfo: { state: "on" } },
      devices: { videos: [{ model: { type: "virtio", accel: { accel3D: "yes" } } }] },
    });
    expect(domainOf("web")).toEqual({
      name: "web",
      type: "kvm",
      memory_unit: "MiB",
      features: { vm_core_info: { state: "on" } },
      devices: { videos: [{ model: { type: "virtio", accel: { accel3d: "yes" } } }] },
    });
  });

  test("leaves out what is undefined or null", () => {
    new Domain(stack, "web", { ...minimal, title: undefined, os: { type: "hvm", loader: null } } as never);
    expect(domainOf("web")).toEqual({ name: "web", type: "kvm", os: { type: "hvm" } });
  });

  test("passes mistakes on instead of dropping them", () => {
    const mistaken = {
      ...minimal,
      memroy: 5,
      id: 3,
      vcpu: "two",
      os: ["hvm"],
      devices: { disks: { device: "disk" }, dicks: [{ readOnly: true }], consoles: ["pty"] },
    };
    new Domain(stack, "web", mistaken as never);
    expect(domainOf("web")).toEqual(mistaken);
  });

  test("can be read, with later changes", () => {
    const domain = new Domain(stack, "web", { ...minimal, count: 2, os: { type: "hvm" } });
    domain.title = "Web";
    expect(configOf(domain)).toEqual({ ...minimal, os: { type: "hvm" }, title: "Web" });
  });
});

describe("members", () => {
  test("a getter is a reference, whatever was configured", () => {
    const domain = new Domain(stack, "web", minimal);
    const pool = new Network(stack, "net", { name: "lan" });
    const value = {
      name: domain.name,
      mac: domain.devices.interfaces.get(0).mac.address,
      id: domain.id,
      running: domain.running,
      os: domain.os,
      disks: domain.devices.disks,
      arguments: domain.os.initArgs,
      bridge: pool.bridge.name,
    };
    new TerraformOutput(stack, "all", { value });
    expect(synth().output.all.value).toEqual({
      name: "${libvirt_domain.web.name}",
      mac: "${libvirt_domain.web.devices.interfaces[0].mac.address}",
      id: "${libvirt_domain.web.id}",
      running: "${libvirt_domain.web.running}",
      os: "${libvirt_domain.web.os}",
      disks: "${libvirt_domain.web.devices.disks}",
      arguments: "${libvirt_domain.web.os.init_args}",
      bridge: "${libvirt_network.net.bridge.name}",
    });
  });

  test("data sources are referred to as data, and a set as a list", () => {
    const nodes = new DataLibvirtNodeDevices(stack, "nodes", { capability: "pci" });
    const leases = new DataLibvirtDomainInterfaceAddresses(stack, "leases", { domain: "web" });
    new TerraformOutput(stack, "first", { value: Fn.element(nodes.devices, 0) });
    new TerraformOutput(stack, "ip", { value: leases.interfaces.get(0).addrs.get(0).addr });
    const { output, data } = synth();
    expect(output.first.value).toBe("${element(tolist(data.libvirt_node_devices.nodes.devices), 0)}");
    expect(output.ip.value).toBe(
      "${data.libvirt_domain_interface_addresses.leases.interfaces[0].addrs[0].addr}",
    );
    expect(data.libvirt_node_devices.nodes).toEqual({ capability: "pci" });
  });

  test("set, put, reset, and input", () => {
    const domain = new Domain(stack, "web", { ...minimal, memory: 512, os: { type: "hvm" } });
    expect([domain.nameInput, domain.memoryInput, domain.osInput]).toEqual(["web", 512, { type: "hvm" }]);
    domain.name = "db";
    domain.autostart = true;
    domain.resetMemory();
    domain.putCpu({ mode: "host-passthrough" });
    domain.resetOs();
    expect([domain.autostartInput, domain.memoryInput]).toEqual([true, undefined]);
    expect(domainOf("web")).toEqual({
      name: "db",
      type: "kvm",
      autostart: true,
      cpu: { mode: "host-passthrough" },
    });
  });

  test("a change after synth is seen by the next one", () => {
    const domain = new Domain(stack, "web", minimal);
    synth();
    domain.title = "Web";
    expect(domainOf("web").title).toBe("Web");
  });
});

describe("tokens", () => {
  test("in nested configuration", () => {
    const volume = new Volume(stack, "root", { name: "root.qcow2", pool: "default" });
    const memory = new TerraformVariable(stack, "memory", { type: "number" });
    new Domain(stack, "web", {
      ...minimal,
      title: Lazy.stringValue({ produce: () => "late" }),
      memory: memory.numberValue,
      autostart: memory.value,
      devices: { disks: [{ source: { volume: { pool: volume.pool, volume: volume.name } } }] },
    });
    expect(domainOf("web")).toEqual({
      ...minimal,
      title: "late",
      memory: "${var.memory}",
      autostart: "${var.memory}",
      devices: {
        disks: [
          {
            source: {
              volume: { pool: "${libvirt_volume.root.pool}", volume: "${libvirt_volume.root.name}" },
            },
          },
        ],
      },
    });
  });

  test("instead of a nested object or list", () => {
    const other = new Domain(stack, "other", minimal);
    const network = new Network(stack, "net", { name: "lan" });
    new Domain(stack, "web", {
      ...minimal,
      os: other.os,
      devices: {
        disks: other.devices.disks,
        interfaces: Lazy.anyValue({ produce: () => [{ managed: "yes" }] }),
      },
      secLabel: Fn.lookup(network.fqn, "labels"),
    });
    expect(domainOf("web")).toEqual({
      ...minimal,
      os: "${libvirt_domain.other.os}",
      devices: { disks: "${libvirt_domain.other.devices.disks}", interfaces: [{ managed: "yes" }] },
      sec_label: "${libvirt_network.net.labels}",
    });
  });
});

describe("what cdktf offers every resource", () => {
  test("overrides are merged, and leave configuration and later output alone", () => {
    const disks = [{ device: "disk" }];
    const domain = new Domain(stack, "web", { ...minimal, os: { initArgs: ["a"] }, devices: { disks } });
    domain.addOverride("devices.disks.0.device", "lun");
    domain.addOverride("os.init_args", ["b"]);
    domain.addOverride("new_in_the_provider", true);
    const expected = {
      ...minimal,
      os: { init_args: ["a", "b"] },
      devices: { disks: [{ device: "lun" }] },
      new_in_the_provider: true,
    };
    expect(domainOf("web")).toEqual(expected);
    expect(domainOf("web")).toEqual(expected);
    expect(disks).toEqual([{ device: "disk" }]);
  });

  test("meta-arguments", () => {
    const provider = new LibvirtProvider(stack, "kvm2", { uri: "qemu+ssh://kvm2/system", alias: "kvm2" });
    const network = new Network(stack, "net", { name: "lan", provider });
    new Domain(stack, "web", {
      ...minimal,
      provider,
      dependsOn: [network],
      count: TerraformCount.of(2),
      lifecycle: { ignoreChanges: ["description"], replaceTriggeredBy: [network] },
      connection: { type: "ssh", host: "kvm2" },
      provisioners: [{ type: "local-exec", command: "true" }],
    });
    expect(domainOf("web")).toEqual({
      ...minimal,
      provider: "libvirt.kvm2",
      depends_on: ["libvirt_network.net"],
      count: 2,
      lifecycle: { ignore_changes: ["description"], replace_triggered_by: ["${libvirt_network.net}"] },
      connection: { type: "ssh", host: "kvm2" },
      provisioner: [{ "local-exec": { command: "true" } }],
    });
  });

  test("forEach", () => {
    const forEach = TerraformIterator.fromList(["a", "b"]);
    const domain = new Domain(stack, "web", { ...minimal, name: forEach.value, forEach });
    new TerraformOutput(stack, "names", { value: domain.name });
    expect(domainOf("web")).toMatchObject({ for_each: '${toset(["a", "b"])}', name: "${each.value}" });
    expect(synth().output.names.value).toBe("${libvirt_domain.web.*.name}");
  });

  test("import and move", () => {
    Domain.generateConfigForImport(stack, "old", "uuid-1");
    new Domain(stack, "web", minimal).importFrom("uuid-2");
    new Domain(stack, "moved", minimal).moveFromId("libvirt_domain.before");
    const { import: imports, moved } = synth();
    expect(imports).toEqual([
      { id: "uuid-1", to: "libvirt_domain.old" },
      { id: "uuid-2", to: "libvirt_domain.web" },
    ]);
    expect(moved).toEqual([{ from: "libvirt_domain.before", to: "libvirt_domain.moved" }]);
  });

  test("the matchers of cdktf know the classes", () => {
    new Domain(stack, "web", minimal);
    const json = Testing.synth(stack);
    expect(Testing.toHaveResourceWithProperties(json, Domain.tfResourceType, { name: "web" })).toBe(true);
  });
});

test("the provider is pinned", () => {
  const provider = new LibvirtProvider(stack, "provider", { uri: "qemu:///system" });
  expect([provider.uri, provider.alias, provider.fqn]).toEqual(["qemu:///system", undefined, "libvirt"]);
  provider.alias = "kvm1";
  const { terraform, provider: providers } = synth();
  expect(terraform.required_providers).toEqual({
    libvirt: { source: "dmacvicar/libvirt", version: "~> 0.9.7" },
  });
  expect(providers.libvirt).toEqual([{ uri: "qemu:///system", alias: "kvm1" }]);
});

test("HCL has arguments for nested attributes", () => {
  new Domain(stack, "web", {
    ...minimal,
    running: true,
    os: { type: "hvm", initArgs: ["a", "b"] },
    devices: { disks: [{ device: "disk" }, { device: "cdrom" }] },
  });
  expect(Testing.synthHcl(stack).trim()).toBe(`resource "libvirt_domain" "web" {
name = "web"
type = "kvm"
running = true
os = {
type = "hvm"
init_args = [
"a",
"b"
]
}
devices = {
disks = [
{
device = "disk"
},
{
device = "cdrom"
}
]
}
}`);
});

test("a thousand domains are cheap: generated bindings take ten seconds", () => {
  const disk = {
    source: { volume: { pool: "default", volume: "root" } },
    target: { dev: "vda", bus: "virtio" },
  };
  const devices = { disks: [disk, disk], interfaces: [{ source: { network: { network: "default" } } }] };
  const start = performance.now();
  for (let i = 0; i < 1000; i++) {
    new Domain(stack, `web${i}`, { ...minimal, name: `web${i}`, os: { type: "hvm" }, devices });
  }
  expect(performance.now() - start).toBeLessThan(1000);
});
