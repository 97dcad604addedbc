import { uniqueMac } from "../../../lib/rules/unq/unique-mac";
import { RuleTester } from "../../../lib/testing";

const MAC = "52:54:00:00:00:01";
const OTHER = "52:54:00:00:00:02";
const nic = (address: string | undefined, source: object = lan("default"), more: object = {}) => ({
  mac: address === undefined ? undefined : { address },
  source,
  ...more,
});
const lan = (network: string, more: object = {}) => ({ network: { network, ...more } });
const bridge = (name: string) => ({ bridge: { bridge: name } });
const direct = (dev: string) => ({ direct: { dev, mode: "bridge" } });
const guest = (name: string, ...interfaces: object[]) => ({ name, devices: { interfaces } });
const tag = (id: unknown) => ({ vlan: { tags: [{ id }] } });

RuleTester.run(uniqueMac, {
  fails: {
    "two guests on one network": {
      plan: (t) => t.kvm(guest("a", nic(OTHER), nic(MAC))).kvm(guest("b", nic(MAC))),
      message: `MAC ${MAC} is used by "a" and "b" on network default.`,
      fix: "give each interface another address, or leave mac out",
      severity: "error",
      at: "devices.interfaces[1].mac.address",
      places: ["a", "b"],
    },
    "addresses that differ in case and in zeros": (t) =>
      t.kvm(guest("a", nic("52:54:00:AB:00:01"))).kvm(guest("b", nic("52:54:0:ab:0:1"))),
    "two guests on one bridge": {
      plan: (t) =>
        t.xenPv(guest("a", nic(MAC, bridge("xenbr0")))).xenHvm(guest("b", nic(MAC, bridge("xenbr0")))),
      message: "on bridge xenbr0",
    },
    "two guests on one device of the host": {
      plan: (t) => t.kvm(guest("a", nic(MAC, direct("eth0")))).kvm(guest("b", nic(MAC, direct("eth0")))),
      message: "on device eth0",
    },
    "a network of the plan and the bridge that it makes": {
      plan: (t) =>
        t
          .network("lan", { bridge: { name: "virbr7" } })
          .kvm(guest("a", nic(MAC, lan("lan"))))
          .kvm(guest("b", nic(MAC, bridge("virbr7")))),
      message: "on network lan",
    },
    "a network of the host and its bridge": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, bridge("virbr0")))),
    "a network of the plan by its name and by reference": {
      plan: (t) =>
        t
          .network("lan")
          .kvm(guest("a", nic(MAC, lan("lan"))))
          .kvm(guest("b", nic(MAC, lan("${libvirt_network.lan.name}")))),
      message: "on network lan",
    },
    "a network of the plan whose name is known only at apply": {
      plan: (t) =>
        t
          .network("lan", { name: "${var.name}" })
          .kvm(guest("a", nic(MAC, lan("${libvirt_network.lan.name}"))))
          .kvm(guest("b", nic(MAC, lan("${libvirt_network.lan.name}")))),
      message: "on network libvirt_network.lan",
    },
    "a network whose bridge is known only at apply": {
      plan: (t) =>
        t
          .network("lan", { bridge: { name: "${var.bridge}" } })
          .kvm(guest("a", nic(MAC, lan("lan"))))
          .kvm(guest("b", nic(MAC, lan("lan"))))
          .kvm(guest("c", nic(MAC, bridge("br0")))),
      message: '"a" and "b" on network lan',
    },
    "a host without facts": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm(guest("a", nic(MAC)))
        .kvm(guest("b", nic(MAC))),
    "twice in one guest": {
      plan: (t) => t.kvm(guest("a", nic(MAC), nic(OTHER), nic(MAC))),
      message: `"a" has 2 interfaces with MAC ${MAC}.`,
      fix: "give each interface another address",
      at: "devices.interfaces[2].mac.address",
      places: ["a"],
    },
    "twice in one guest on different networks": (t) => t.kvm(guest("a", nic(MAC), nic(MAC, bridge("br1")))),
    "twice in one guest without a network": (t) =>
      t.kvm(guest("a", nic(MAC, { user: {} }), nic(MAC, { user: {} }))),
    "twice in one guest and once in another": {
      plan: (t) => t.kvm(guest("a", nic(MAC), nic(MAC))).kvm(guest("b", nic(MAC))),
      count: 2,
    },
    "instances of one guest": {
      plan: (t) => t.kvm({ ...guest("a", nic(MAC)), count: 3 }),
      message: `MAC ${MAC} is used by 3 instances of "a" on network default.`,
      fix: "give each instance an address of its own",
      places: ["a"],
    },
    "an instance and another guest": (t) =>
      t.kvm({ ...guest("a", nic("52:54:00:00:00:0${count.index}")), count: 2 }).kvm(guest("b", nic(MAC))),
    "nine guests, the first of them named": {
      plan: (t) => {
        for (const name of "abcdefghi") t.kvm(guest(name, nic(MAC)));
      },
      message: '"g", "h" and 1 more on',
    },
    "eight guests, all of them named": {
      plan: (t) => {
        for (const name of "abcdefgh") t.kvm(guest(name, nic(MAC)));
      },
      message: '"g" and "h" on',
    },
    "one VLAN of a bridge": {
      plan: (t) =>
        t.kvm(guest("a", nic(MAC, bridge("br0"), tag(7)))).kvm(guest("b", nic(MAC, bridge("br0"), tag(7)))),
      message: "on bridge br0 tag 7",
    },
    "one port group of a network": {
      plan: (t) =>
        t
          .kvm(guest("a", nic(MAC, lan("ovs", { port_group: "blue" }))))
          .kvm(guest("b", nic(MAC, lan("ovs", { port_group: "blue" })))),
      message: "on network ovs group blue",
    },
    "an interface of a team and another guest": (t) =>
      t
        .kvm(guest("a", nic(MAC, lan("default"), { teaming: { type: "persistent" } })))
        .kvm(guest("b", nic(MAC))),
    "guests of which all but one are switched off, as a warning": {
      plan: (t) => t.kvm(guest("a", nic(MAC))).kvm({ ...guest("b", nic(MAC)), running: false }),
      severity: "warning",
      message: "they cannot run at the same time",
    },
  },
  passes: {
    "different addresses": (t) => t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(OTHER))),
    "no addresses": (t) => t.kvm(guest("a", nic(undefined), nic(undefined))).kvm(guest("b", nic(undefined))),
    "different networks": (t) =>
      t
        .network("lan")
        .kvm(guest("a", nic(MAC)))
        .kvm(guest("b", nic(MAC, lan("lan")))),
    "different bridges, and a bridge and a device of one name": (t) =>
      t
        .kvm(guest("a", nic(MAC, bridge("br0"))))
        .kvm(guest("b", nic(MAC, bridge("br1"))))
        .kvm(guest("c", nic(MAC, direct("br0")))),
    "different VLANs of one bridge": (t) =>
      t.kvm(guest("a", nic(MAC, bridge("br0"), tag(7)))).kvm(guest("b", nic(MAC, bridge("br0"), tag(8)))),
    "different port groups of one network": (t) =>
      t
        .kvm(guest("a", nic(MAC, lan("ovs", { port_group: "blue" }))))
        .kvm(guest("b", nic(MAC, lan("ovs", { port_group: "red" })))),
    "different hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ ...guest("a", nic(MAC, bridge("br0"))), host: "h1" })
        .kvm({ ...guest("b", nic(MAC, bridge("br0"))), host: "h2" }),
    "user networks, which nobody shares": (t) =>
      t.kvm(guest("a", nic(MAC, { user: {} }))).kvm(guest("b", nic(MAC, { user: {} }))),
    "a team in one guest, which needs one address": (t) =>
      t.kvm(
        guest(
          "a",
          nic(MAC, lan("default"), { teaming: { type: "persistent" } }),
          nic(MAC.toUpperCase(), { hostdev: { pci: {} } }, { teaming: { type: "transient" } }),
        ),
      ),
    "what is no MAC address: that is another rule's": (t) =>
      t.kvm(guest("a", nic("nonsense"))).kvm(guest("b", nic("nonsense"))),
    "instances with addresses of their own": (t) =>
      t.kvm({ ...guest("a", nic("52:54:00:00:00:0${count.index}")), count: 2 }),
    "no instance of a second guest": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm({ ...guest("b", nic(MAC)), count: 0 }),
    "a single address known only at apply": (t) => t.kvm(guest("a", nic("${var.mac}"))),
    "a single address on a network known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC, lan("${var.net}")))),
    "guests without interfaces": (t) => t.kvm({ devices: { interfaces: null } }),
  },
  undetermined: {
    "an address known only at apply beside another": {
      plan: (t) => t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic("${var.mac}"))),
      reason: "a MAC address is known only at apply",
    },
    "interfaces known only at apply": {
      plan: (t) => t.kvm(guest("a", nic(MAC))).kvm({ name: "b", devices: { interfaces: "${var.nics}" } }),
      reason: "a MAC address is known only at apply",
    },
    "a network known only at apply": {
      plan: (t) => t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, lan("${var.net}")))),
      reason: "the network of an interface is known only at apply",
    },
    "a bridge known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, bridge("${var.br}")))),
    "a device known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, direct("${var.dev}")))),
    "a VLAN known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, lan("default"), tag("${var.tag}")))),
    "a port group known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", nic(MAC, lan("default", { port_group: "${var.group}" })))),
    "a source known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm(guest("b", { mac: { address: MAC }, source: "${var.source}" })),
    "a literal address in a number known only at apply": {
      plan: (t) => t.kvm({ ...guest("a", nic(MAC)), count: "${var.n}" }),
      reason: "which guests run together is known only at apply",
    },
    "running known only at apply": (t) =>
      t.kvm(guest("a", nic(MAC))).kvm({ ...guest("b", nic(MAC)), running: "${var.on}" }),
  },
});
