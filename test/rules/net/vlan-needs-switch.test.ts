import { vlanNeedsSwitch } from "../../../lib/rules/net/vlan-needs-switch";
import { RuleTester } from "../../../lib/testing";

const tagged = (source: unknown, more: object = {}) => ({
  name: "web",
  devices: {
    interfaces: [{ source: { user: {} } }, { source, vlan: { tags: [{ id: 20 }, { id: 21 }] }, ...more }],
  },
});
const OVS = { virtual_port: { params: { open_v_switch: {} } } };
const lan = (network: string) => ({ network: { network } });
const bridge = { bridge: { bridge: "br0" } };
const direct = (mode: string | undefined) => ({ direct: { dev: "eth0", mode } });
const forward = (mode: string, more: object = {}) => ({ forward: { mode }, ips: null, ...more });
const libvirt = (libvirtVersion: string | undefined) => ({ facts: { libvirtVersion } });

RuleTester.run(vlanNeedsSwitch, {
  fails: {
    "tags on a Linux bridge": {
      plan: (t) => t.kvm(tagged(bridge)),
      severity: "error",
      message:
        'Interface 2 of "web" has VLAN tag 20, 21 on a Linux bridge, which libvirt 9.0.0 does not tag.',
      fix: "an Open vSwitch bridge",
      at: "devices.interfaces[1].vlan",
      places: ["web"],
    },
    "tags on a bridge under the last libvirt that takes none": (t) =>
      t.kvmHost("h1", libvirt("10.10.0")).kvm(tagged(bridge)),
    "tags on networks of the plan": {
      plan: (t) =>
        t
          .network("nat")
          .network("isolated", { forward: null })
          .network("bridged", forward("bridge", { bridge: { name: "br0" } }))
          .kvm(tagged(lan("nat")))
          .kvm(tagged(lan("isolated")))
          .kvm(tagged(lan("bridged")))
          .kvm(tagged(lan("${libvirt_network.nat.name}"))),
      count: 4,
    },
    "tags on a network of the host with addresses": (t) => t.kvm(tagged(lan("default"))),
    "tags on a NAT network, also where the interface names Open vSwitch": (t) =>
      t.network("nat").kvm(tagged(lan("nat"), OVS)),
    "tags on a network of the plan whose name is known only at apply": (t) =>
      t.network("nat", { name: "${var.name}" }).kvm(tagged(lan("${libvirt_network.nat.name}"))),
    "tags on macvtap": {
      plan: (t) =>
        t
          .kvmHost("h1", libvirt("11.0.0"))
          .kvm(tagged(direct("bridge")))
          .kvm(tagged(direct(undefined))),
      count: 2,
      message: "on a connection that cannot tag",
    },
    "tags on macvtap networks": {
      plan: (t) =>
        t
          .kvmHost("h1", libvirt("11.0.0"))
          .network("a", forward("private"))
          .network("b", forward("vepa"))
          .kvm(tagged(lan("a")))
          .kvm(tagged(lan("b"))),
      count: 2,
      message: "on a connection that cannot tag",
    },
    "tags on user networking": { plan: (t) => t.kvm(tagged({ user: {} })), message: "cannot tag" },
    "tags without a source": (t) => t.kvm(tagged(undefined)),
    "a Xen guest": (t) => t.xenPv(tagged(bridge)),
  },
  passes: {
    "tags on Open vSwitch": (t) =>
      t
        .network("ovs", forward("bridge", { bridge: { name: "ovsbr0" }, ...OVS }))
        .network("plain", forward("bridge", { bridge: { name: "ovsbr1" } }))
        .kvm(tagged(bridge, OVS))
        .kvm(tagged(lan("ovs")))
        .kvm(tagged(lan("plain"), OVS)),
    "tags on a device of the guest's own": (t) =>
      t
        .network("vf", forward("hostdev"))
        .network("pass", forward("passthrough"))
        .kvm(tagged({ hostdev: { pci: {} } }))
        .kvm(tagged(direct("passthrough")))
        .kvm(tagged(lan("vf")))
        .kvm(tagged(lan("pass"))),
    "no tags": (t) =>
      t.kvm({ devices: { interfaces: [{ source: bridge }, { source: bridge, vlan: { tags: [] } }] } }),
  },
  undetermined: {
    "a bridge under a libvirt that may tag": {
      plan: (t) => t.kvmHost("h1", libvirt("11.0.0")).kvm(tagged(bridge)),
      reason: "depends on libvirt 11 and on the bridge",
    },
    "a network of the plan with a bridge, under a libvirt that may tag": (t) =>
      t
        .kvmHost("h1", libvirt("11.0.0"))
        .network("nat")
        .kvm(tagged(lan("nat"))),
    "a bridge under a libvirt of which nothing is known": (t) =>
      t.kvmHost("h1", libvirt(undefined)).kvm(tagged(bridge)),
    "a network that the plan does not make": {
      plan: (t) => t.kvm(tagged(lan("far"))),
      reason: "whether a network that the plan does not make takes VLAN tags is not known",
    },
    "a network of the host without known addresses": (t) =>
      t
        .kvmHost("h1", { facts: { networks: [{ name: "far", active: true, cidrs: [] }] } })
        .kvm(tagged(lan("far"))),
    "a network known only at apply": {
      plan: (t) => t.kvm(tagged(lan("${var.net}"))),
      reason: "what a tagged interface is connected to is known only at apply",
    },
    "a network's mode known only at apply": (t) =>
      t.network("lan", forward("${var.mode}")).kvm(tagged(lan("lan"))),
    "a macvtap mode known only at apply": (t) => t.kvm(tagged(direct("${var.mode}"))),
    "a source known only at apply": (t) => t.kvm(tagged("${var.source}")),
    "a virtual port known only at apply": (t) => t.kvm(tagged(bridge, { virtual_port: "${var.port}" })),
  },
});
