import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  BridgedNetwork,
  Connection,
  type INetwork,
  IsolatedNetwork,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  type NatNetworkProps,
  Nic,
  RoutedNetwork,
} from "../../lib";
import { only, propErrors, type Run, run, silently } from "../support/program";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, plan } from "../terraform/terraform";

const memory = Memory.gibibytes(1);
const hostOf = (stack: TerraformStack) => new KvmHost(stack, "h", { connection: Connection.ssh("h") });
const networkOf = (result: Run) => only(result, "libvirt_network");

function nat(props: Omit<NatNetworkProps, "host"> = {}, use: (network: NatNetwork) => void = () => {}): Run {
  return run((stack) => use(new NatNetwork(stack, "lan", { host: hostOf(stack), ...props })));
}

/** A guest with a fixed address on the network. */
function reserving(props: Omit<NatNetworkProps, "host">, ip: string, id = "web"): Run {
  return run((stack) => {
    const host = hostOf(stack);
    const network = new NatNetwork(stack, "lan", { host, ...props });
    new KvmGuest(stack, id, { host, memory, nics: [Nic.network(network, { mac: "52:00:00:00:00:01", ip })] });
  });
}

describe("the kinds of network", () => {
  it("forward as they say", () => {
    const forward = (make: (stack: TerraformStack, host: KvmHost) => unknown) =>
      networkOf(run((stack) => make(stack, hostOf(stack)))).forward;
    expect(forward((stack, host) => new NatNetwork(stack, "n", { host }))).toEqual({ mode: "nat" });
    expect(forward((stack, host) => new IsolatedNetwork(stack, "n", { host }))).toBeUndefined();
    expect(forward((stack, host) => new RoutedNetwork(stack, "n", { host }))).toEqual({ mode: "route" });
    const forwardDevice = "eth0";
    expect(forward((stack, host) => new RoutedNetwork(stack, "n", { host, forwardDevice }))).toEqual({
      mode: "route",
      dev: "eth0",
    });
    expect(forward((stack, host) => new BridgedNetwork(stack, "n", { host, bridge: "br0" }))).toEqual({
      mode: "bridge",
    });
  });

  it("have addresses and DHCP, but for the bridged one, of which libvirt refuses them", () => {
    expect(networkOf(nat()).ips).toEqual([
      {
        address: "10.87.0.1",
        prefix: 24,
        dhcp: { ranges: [{ start: "10.87.0.2", end: "10.87.0.254" }] },
      },
    ]);
    const bridged = networkOf(
      run((stack) => new BridgedNetwork(stack, "n", { host: hostOf(stack), bridge: "br0" })),
    );
    expect(bridged.ips).toBeUndefined();
    expect(bridged.domain).toBeUndefined();
    expect(bridged.bridge).toEqual({ name: "br0" });
  });

  it("say the family of IPv6, and leave the bridge to libvirt", () => {
    const network = networkOf(nat({ subnet: "fd00:20::/64", domain: "example.net" }));
    expect(network.ips).toEqual([
      {
        family: "ipv6",
        address: "fd00:20::1",
        prefix: 64,
        dhcp: { ranges: [{ start: "fd00:20::2", end: "fd00:20::fffe" }] },
      },
    ]);
    expect(network.domain).toEqual({ name: "example.net" });
    expect(network).not.toHaveProperty("bridge");
  });

  it("take a range of one's own, or none", () => {
    const dhcp = { start: "10.87.0.100", end: "10.87.0.110" };
    expect(networkOf(nat({ dhcp })).ips[0].dhcp).toEqual({ ranges: [dhcp] });
    expect(networkOf(nat({ dhcp: false })).ips[0]).toEqual({ address: "10.87.0.1", prefix: 24 });
  });

  it("tell their subnet", () => {
    nat({ subnet: "10.30.0.0/16" }, (network) => expect(network.subnet?.hostAddress).toBe("10.30.0.1"));
  });
});

describe("a subnet without room", () => {
  it.each(["10.0.0.0/31", "10.0.0.0/32", "fd00::/127", "fd00::/128"])("is found: %s", (subnet) => {
    expect(propErrors(nat({ subnet }))).toEqual([
      expect.stringContaining(
        `subnet of "lan": must have room for the host and a guest: /30 or shorter, of IPv6 /126, not "${subnet}"`,
      ),
    ]);
  });

  it.each(["10.0.0.0/30", "fd00::/126"])("is not found: %s", (subnet) => {
    expect(propErrors(nat({ subnet }))).toEqual([]);
  });
});

describe("fixed addresses", () => {
  it("are handed out for the MAC, with the guest's name", () => {
    const result = reserving({}, "10.87.0.50");
    expect(networkOf(result).ips[0].dhcp.hosts).toEqual([
      { mac: "52:00:00:00:00:01", ip: "10.87.0.50", name: "web" },
    ]);
    expect(propErrors(result)).toEqual([]);
  });

  it("go by the derived MAC that the guest has", () => {
    const result = run((stack) => {
      const host = hostOf(stack);
      const network = new NatNetwork(stack, "lan", { host });
      const nics = [Nic.network(network, { ip: "10.87.0.50" }), Nic.network(network, { ip: "10.87.0.51" })];
      new KvmGuest(stack, "web", { host, memory, nics });
    });
    const { interfaces } = only(result, "libvirt_domain").devices;
    expect(networkOf(result).ips[0].dhcp.hosts.map(({ mac }: { mac: string }) => mac)).toEqual(
      interfaces.map(({ mac }: { mac: { address: string } }) => mac.address),
    );
  });

  it.each(["01web", "web_01", "web 01"])("leave out a name that dnsmasq refuses: %s", (id) => {
    expect(networkOf(reserving({}, "10.87.0.50", id)).ips[0].dhcp.hosts).toEqual([
      { mac: "52:00:00:00:00:01", ip: "10.87.0.50" },
    ]);
  });

  it("of IPv6 go by name, as libvirt takes no MAC there", () => {
    const result = reserving({ subnet: "fd00::/64" }, "fd00::50");
    expect(networkOf(result).ips[0].dhcp.hosts).toEqual([{ ip: "fd00::50", name: "web" }]);
    expect(propErrors(reserving({ subnet: "fd00::/64" }, "fd00::50", "web_1"))).toEqual([
      'subnet of "lan": the fixed address fd00::50 goes by host name, and "web_1" is none.',
    ]);
  });

  it.each(["10.87.0.0", "10.87.0.1", "10.87.0.255", "10.88.0.5", "fd00::5"])("are refused: %s", (ip) => {
    const result = reserving({}, ip);
    expect(propErrors(result)).toEqual([
      `subnet of "lan": the fixed address ${ip} of "web" is none that a guest can have in 10.87.0.0/24.`,
    ]);
    expect(networkOf(result).ips[0].dhcp.hosts).toBeUndefined();
  });

  it("are refused where nothing hands them out", () => {
    expect(propErrors(reserving({ dhcp: false }, "10.87.0.50"))).toEqual([
      'dhcp of "lan": "web" asks for the fixed address 10.87.0.50, but this network has no DHCP server to hand it out.',
    ]);
    const bridged = run((stack) => {
      const host = hostOf(stack);
      const network = new BridgedNetwork(stack, "lan", { host, bridge: "br0" });
      new KvmGuest(stack, "web", { host, memory, nics: [Nic.network(network, { ip: "10.0.0.9" })] });
    });
    expect(propErrors(bridged)).toEqual([expect.stringContaining("has no DHCP server to hand it out")]);
  });

  it("are not judged by a subnet that was refused", () => {
    expect(propErrors(reserving({ subnet: "10.99.0.0" }, "10.99.0.5"))).toHaveLength(1);
  });

  it("are left to apply when they, or the subnet, are known only then", () => {
    expect(propErrors(reserving({}, "${var.ip}"))).toEqual([]);
    const late = reserving({ subnet: "${var.subnet}" }, "10.99.0.5");
    expect(propErrors(late)).toEqual([]);
    expect(networkOf(late).ips[0].dhcp.hosts).toEqual([
      { mac: "52:00:00:00:00:01", ip: "10.99.0.5", name: "web" },
    ]);
  });
});

describe("networks that exist", () => {
  it("are named as they are", () => {
    const result = run((stack) => {
      const host = hostOf(stack);
      const network: INetwork = NatNetwork.fromExisting(host, "default");
      new KvmGuest(stack, "web", { host, memory, nics: [Nic.network(network)] });
    });
    const [nic] = only(result, "libvirt_domain").devices.interfaces;
    expect(nic.source).toEqual({ network: { network: "default" } });
  });
});

/** Terraform computes the addresses of a late subnet: it must come to what the library computes of a literal. */
describeWithTerraform("a subnet that is known only at apply", () => {
  const outdir = temporaryFolder();
  const ipsOf = (subnet: string | undefined) => {
    const app = new App({ outdir: mkdtempSync(join(outdir(), "app-")) });
    const stack = new TerraformStack(app, "stack");
    const late = new TerraformVariable(stack, "subnet", { type: "string" });
    new NatNetwork(stack, "lan", { host: hostOf(stack), subnet: subnet ?? late.stringValue });
    silently(() => app.synth());
    return (value: string) => {
      const outcome = plan(join(app.outdir, "stacks/stack"), { variables: { subnet: value } });
      expect(outcome.diagnostics).toEqual([]);
      const change = outcome.plan?.resource_changes?.find(({ type }) => type === "libvirt_network");
      return change?.change.after?.ips;
    };
  };

  it.each(["10.20.0.0/24", "10.0.0.0/8", "10.1.2.0/30", "fd00:20::/64", "fd00:20::/112", "fd00:20::/126"])(
    "comes to the same: %s",
    (subnet) => {
      expect(ipsOf(undefined)(subnet)).toEqual(ipsOf(subnet)(subnet));
    },
  );
});
