import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { networkExists } from "../../../lib/rules/net/network-exists";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const on = (...networks: unknown[]) => ({
  name: "web",
  devices: { interfaces: networks.map((network) => ({ source: { network: { network } } })) },
});

RuleTester.run(networkExists, {
  fails: {
    "a network that is nowhere": {
      plan: (t) => t.kvmHost("h1").network("lan").kvm(on("default", "dmz")),
      message:
        'Network "dmz" of "web" is neither made by this plan nor active on "h1" (there: lan, default).',
      fix: /^make the network in this plan on h1, or name one that is there$/,
      severity: "error",
      at: "devices.interfaces[1].source.network.network",
      places: ["web"],
    },
    "a misspelt name": {
      plan: (t) => t.kvmHost("h1").kvm(on("defualt")),
      message: 'nor active on "h1" (there: default).',
      fix: 'did you mean "default"?',
    },
    "a network that is defined on the host but not active": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm(on("default")),
      message: 'Network "default" of "web" is defined on "h1" but not active (it has no active network).',
      fix: "virsh net-start default",
    },
    "a Xen guest on a captured host whose network is not active": {
      plan: (t) => t.xenHost("x1", { facts: captured("xen-hvm") }).xenPv(on("default")),
      message: 'defined on "x1" but not active',
    },
    "a network that the plan makes on another host": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2")
          .network("dmz", {}, "h2")
          .kvm({ ...on("dmz"), host: "h1" }),
      message: 'Network "dmz" of "web" is made on h2, but "web" is on "h1".',
      fix: 'make the network on h1 as well, or place "web" on h2',
      places: ["web", "dmz"],
    },
    "a network of another host by reference, whose name is known only at apply": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: null })
          .kvmHost("h2")
          .network("dmz", { name: "${var.name}" }, "h2")
          .kvm({ ...on("${libvirt_network.dmz.name}"), host: "h1" }),
      message: 'is made on h2, but "web" is on "h1"',
    },
    "an instance of a network that is not made": {
      plan: (t) => t.network("lan", { name: "lan-${count.index}", count: 2 }).kvm(on("lan-2")),
      message: 'Network "lan-2"',
    },
    "a network that only some instances of a guest find": {
      plan: (t) =>
        t
          .network("lan", { name: "lan-${count.index}", count: 2 })
          .kvm({ ...on("lan-${count.index}"), count: 3 }),
      message: 'Network "lan-2"',
    },
    "a guest that the plan does not start": (t) => t.kvm({ ...on("dmz"), running: false }),
  },
  passes: {
    "a network that is active on the host": (t) => t.kvm(on("default")),
    "a network that the plan makes": (t) => t.network("dmz").kvm(on("dmz")),
    "a network that the plan makes, on a host without facts": (t) =>
      t.kvmHost("h1", { facts: null }).network("dmz").kvm(on("dmz")),
    "a network by reference": (t) => t.network("dmz").kvm(on("${libvirt_network.dmz.name}")),
    "a network by reference whose name is known only at apply": (t) =>
      t.network("dmz", { name: "${var.name}" }).kvm(on("${libvirt_network.dmz.name}")),
    "instances of a network for instances of a guest": (t) =>
      t
        .network("lan", { name: "lan-${count.index}", count: 2 })
        .kvm({ ...on("lan-${count.index}"), count: 2 }),
    "networks of a map": (t) =>
      t.network("lan", { name: "${each.key}", for_each: { blue: {}, red: {} } }).kvm(on("red")),
    "an active network beside one whose name is known only at apply": (t) =>
      t.network("dmz", { name: "${var.name}" }).kvm(on("default")),
    "a literal name in a number of instances known only at apply": (t) =>
      t.network("dmz", { count: "${var.n}" }).kvm({ ...on("dmz"), count: "${var.n}" }),
    "interfaces on a bridge and on a device": (t) =>
      t.kvm({
        devices: {
          interfaces: [{ source: { bridge: { bridge: "br9" } } }, { source: { direct: { dev: "eth9" } } }],
        },
      }),
    "an interface without source, and none at all": (t) =>
      t.kvm({ devices: { interfaces: [{}] } }).kvm({ devices: { interfaces: null } }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).network("dmz").kvm(on("default")),
      reason: 'needs facts of "h1"',
    },
    "a host whose networks were not captured": {
      plan: (t) => t.kvmHost("h1", { facts: { networks: undefined } }).kvm(on("default")),
      reason: 'needs facts of "h1"',
    },
    "a network known only at apply": {
      plan: (t) => t.kvm(on("${var.network}")),
      reason: "which network a resource uses is known only at apply",
    },
    "instances of which one has a network known only at apply": (t) =>
      t.kvm({ ...on("${each.value}"), for_each: { a: "default", b: {} } }),
    "networks of which one has a name known only at apply": (t) =>
      t.network("lan", { name: "${each.value}", for_each: { a: "lan", b: {} } }).kvm(on("dmz")),
    "instances in a number known only at apply": {
      plan: (t) => t.kvm({ ...on("lan-${count.index}"), count: "${var.n}" }),
      reason: "which network a resource uses is known only at apply",
    },
    "a name that a network of the plan may turn out to have": {
      plan: (t) => t.kvmHost("h1").network("lan").network("dmz", { name: "${var.name}" }).kvm(on("dmz")),
      reason: 'the name of a network of "h1" is known only at apply',
    },
    "a name that one of many networks may turn out to have": {
      plan: (t) =>
        t.kvmHost("h1").network("dmz", { name: "n-${count.index}", count: "${var.n}" }).kvm(on("n-1")),
      reason: 'the name of a network of "h1" is known only at apply',
    },
  },
});
