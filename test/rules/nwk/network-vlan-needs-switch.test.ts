import { networkVlanNeedsSwitch } from "../../../lib/rules/nwk/network-vlan-needs-switch";
import { RuleTester } from "../../../lib/testing";

const TAGS = { vlan: { tags: [{ id: 20 }] } };
const OVS = { virtual_port: { params: { open_v_switch: {} } } };
const bridge = (more: object) => ({
  forward: { mode: "bridge" },
  bridge: { name: "br0" },
  ips: null,
  ...more,
});
const OTHER = { virtual_port: { params: { any: {} } } };
const direct = (mode: string, more: object) => ({ forward: { mode, dev: "eth0" }, ips: null, ...more });

RuleTester.run(networkVlanNeedsSwitch, {
  fails: {
    "a network that libvirt makes": {
      plan: (t) => t.network("lan", TAGS),
      message: 'Network "lan" has VLAN tags in forward mode nat, where libvirt 9.0.0 cannot tag.',
      at: "vlan",
    },
    "an isolated network": (t) => t.network("lan", { ...TAGS, forward: null }),
    "a Linux bridge": {
      plan: (t) => t.network("lan", bridge(TAGS)),
      message: "in forward mode bridge without Open vSwitch",
    },
    "a shared device, whatever the version": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).network("lan", direct("private", TAGS)),
      message: "where libvirt cannot tag",
    },
    "a port group": {
      plan: (t) => t.network("lan", { port_groups: [{ name: "a" }, { name: "b", ...TAGS }] }),
      at: "portGroups[1].vlan",
    },
    "a port group of another switch": (t) =>
      t.network("lan", bridge({ ...OVS, port_groups: [{ name: "a", ...TAGS, ...OTHER }] })),
    "a port group in a network with tags": {
      plan: (t) => t.network("lan", bridge({ ...OVS, ...TAGS, port_groups: [{ name: "a", ...OTHER }] })),
      at: "vlan",
    },
  },
  passes: {
    "Open vSwitch": (t) =>
      t.network("lan", bridge({ ...OVS, ...TAGS, port_groups: [{ name: "a", ...TAGS }] })),
    "devices of its own": (t) =>
      t
        .network("a", direct("passthrough", TAGS))
        .network("b", { forward: { mode: "hostdev" }, ips: null, ...TAGS }),
    "a default port group on Open vSwitch": (t) =>
      t.network("lan", bridge({ ...TAGS, port_groups: [{ name: "a", default: "yes", ...OVS }] })),
    "no tags": (t) => t.network("lan", { port_groups: [{ name: "a" }] }),
  },
  undetermined: {
    "a late mode": (t) => t.network("lan", { ...TAGS, forward: { mode: "${var.mode}" } }),
    "a Linux bridge of a libvirt that is not known": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).network("lan", bridge(TAGS)),
      reason: "depends on libvirt 11",
    },
    "a Linux bridge of libvirt 11": (t) =>
      t.kvmHost("kvm1", { facts: { libvirtVersion: "11.3.0" } }).network("lan", bridge(TAGS)),
  },
});
