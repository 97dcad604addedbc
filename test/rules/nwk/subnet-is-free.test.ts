import { subnetIsFree } from "../../../lib/rules/nwk/subnet-is-free";
import { RuleTester } from "../../../lib/testing";

const ip = (address: string, prefix: unknown = 24) => ({ ips: [{ address, prefix }] });
const ip6 = (address: string, prefix = 64) => ({ ips: [{ family: "ipv6", address, prefix }] });
const quiet = { facts: { networks: [], interfaces: [], routes: [] } };
const bare = { facts: null };

RuleTester.run(subnetIsFree, {
  fails: {
    "the subnet of an active network of the host": {
      plan: (t) => t.kvmHost("h1", { facts: { routes: [] } }).network("lan", ip("192.168.122.9")),
      message:
        'Subnet 192.168.122.0/24 of network "lan" is also that of network "default" on "h1": libvirt refuses to start it.',
      fix: "choose another subnet, such as 192.168.123.0/24",
      severity: "error",
      at: "ips[0].address",
      places: ["lan"],
    },
    "the subnet of an interface of the host": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: { interfaces: [{ name: "eth0", cidrs: ["10.20.0.7/24"] }] } })
          .network("lan", ip("10.20.0.1")),
      message: 'is also that of interface eth0 on "h1"',
    },
    "the subnet of a route of the host": {
      plan: (t) => t.kvmHost("h1", { facts: { routes: ["10.20.0.0/24"] } }).network("lan", ip("10.20.0.1")),
      message: 'is also that of a route to 10.20.0.0/24 on "h1"',
    },
    "an isolated network, a routed one and an open one": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: { routes: ["10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24"] } })
          .network("a", { forward: null, ...ip("10.1.0.1") })
          .network("b", { forward: { mode: "route" }, ...ip("10.2.0.1") })
          .network("c", { forward: { mode: "open" }, ...ip("10.3.0.1") }),
      count: 3,
    },
    "the second address of a network": {
      plan: (t) =>
        t.kvmHost("h1", { facts: { routes: ["10.2.0.0/24"] } }).network("lan", {
          ips: [...ip("10.1.0.1").ips, { address: "10.2.0.1", netmask: "255.255.255.0" }],
        }),
      at: "ips[1].address",
    },
    "two networks of the plan, of which the later is to change": {
      plan: (t) => t.kvmHost("h1", quiet).network("a", ip("10.20.0.1")).network("b", ip("10.20.0.9")),
      message:
        'Subnet 10.20.0.0/24 of network "b" is also that of network "a" (10.20.0.0/24) on "h1": libvirt refuses',
      fix: "such as 10.20.1.0/24",
      at: "ips[0].address",
      places: ["b", "a"],
    },
    "two networks that overlap, as a warning": {
      plan: (t) => t.kvmHost("h1", quiet).network("a", ip("10.20.3.1")).network("b", ip("10.20.0.1", 16)),
      severity: "warning",
      message:
        'Subnet 10.20.0.0/16 of network "b" overlaps network "a" (10.20.3.0/24) on "h1": the addresses that they share are reached in one of them alone.',
      fix: "such as 10.21.0.0/16",
      places: ["b", "a"],
    },
    "each of several in one that holds them": {
      plan: (t) =>
        t
          .kvmHost("h1", quiet)
          .network("wide", ip("10.0.0.1", 8))
          .network("a", ip("10.1.0.1"))
          .network("apart", ip("11.1.0.1"))
          .network("b", ip("10.9.0.1")),
      severity: "warning",
      count: 2,
    },
    "a subnet within that of the host, as a warning": {
      plan: (t) => t.kvmHost("h1", { facts: { routes: ["10.0.0.0/8"] } }).network("lan", ip("10.20.0.1")),
      severity: "warning",
      message: 'overlaps a route to 10.0.0.0/8 on "h1"',
    },
    "a subnet that the host has, before one that it overlaps": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: { routes: ["10.0.0.0/8", "10.20.0.0/24"] } })
          .network("lan", ip("10.20.0.1")),
      message: "is also that of a route to 10.20.0.0/24",
    },
    "two networks of one IPv6 subnet, as a warning": {
      plan: (t) => t.kvmHost("h1", quiet).network("a", ip6("fd00::1")).network("b", ip6("fd00::2")),
      severity: "warning",
      message:
        'Subnet fd00::/64 of network "b" is also that of network "a" (fd00::/64) on "h1": the addresses',
      fix: /^choose another subnet$/,
    },
    "instances of one network": {
      plan: (t) =>
        t.kvmHost("h1", quiet).network("lan", { count: 3, name: "lan-${count.index}", ...ip("10.20.0.1") }),
      message: 'is also that of another instance of it on "h1": libvirt refuses to start it.',
      fix: "10.20.${count.index}.1",
      places: ["lan"],
    },
    "an instance and another network": {
      plan: (t) =>
        t
          .kvmHost("h1", quiet)
          .network("lan", { count: 3, name: "lan-${count.index}", ...ip("10.20.${count.index}.1") })
          .network("dmz", ip("10.20.2.1")),
      places: ["dmz", "lan"],
    },
    "two networks on a host without facts": (t) =>
      t.kvmHost("h1", bare).network("a", ip("10.20.0.1")).network("b", ip("10.20.0.9")),
    "hosts of one URI": (t) =>
      t
        .kvmHost("h1", quiet)
        .kvmHost("again", { uri: "qemu+ssh://h1/system", ...bare })
        .network("a", ip("10.20.0.1"), "h1")
        .network("b", ip("10.20.0.1"), "again"),
    "a network that exists, beside another that has its new subnet": {
      plan: (t) =>
        t
          .kvmHost("h1", {
            facts: {
              networks: [{ name: "lan", active: true, bridge: "virbr1", cidrs: ["10.1.0.1/24"] }],
              routes: ["10.1.0.0/24", "10.2.0.0/24"],
            },
          })
          .network("lan", ip("10.2.0.1")),
      message: "a route to 10.2.0.0/24",
    },
  },
  passes: {
    "a subnet that nobody uses": (t) =>
      t.kvmHost("h1", { facts: { routes: ["10.9.0.0/24"] } }).network("lan", ip("10.20.0.1")),
    "a host of which the interfaces alone are known": (t) =>
      t.kvmHost("h1", { facts: { interfaces: [] } }).network("lan", ip("10.20.0.1")),
    "two networks that lie apart": (t) =>
      t.kvmHost("h1", quiet).network("a", ip("10.20.0.1")).network("b", ip("10.20.1.1")),
    "one subnet on two hosts": (t) =>
      t
        .kvmHost("h1", quiet)
        .kvmHost("h2", quiet)
        .network("a", ip("10.20.0.1"), "h1")
        .network("b", ip("10.20.0.1"), "h2"),
    "two addresses of one network in one subnet": (t) =>
      t.kvmHost("h1", quiet).network("lan", { ips: [...ip("10.1.0.1").ips, ...ip("10.1.0.2").ips] }),
    "instances with subnets of their own": (t) =>
      t
        .kvmHost("h1", quiet)
        .network("lan", { count: 2, name: "lan-${count.index}", ...ip("10.20.${count.index}.1") }),
    "a network of the host that is not active, and an interface that is down": (t) =>
      t
        .kvmHost("h1", {
          facts: {
            networks: [{ name: "old", active: false, cidrs: ["10.20.0.1/24"] }],
            interfaces: [{ name: "eth1", active: false, cidrs: ["10.20.0.1/24"] }],
            routes: [],
          },
        })
        .network("lan", ip("10.20.0.1")),
    "a network that exists already": (t) =>
      t
        .kvmHost("h1", {
          facts: {
            networks: [{ name: "lan", active: true, bridge: "virbr1", cidrs: ["10.20.0.1/24"] }],
            interfaces: [{ name: "virbr1", active: true, cidrs: ["10.20.0.1/24"] }],
            routes: ["10.20.0.0/24"],
          },
        })
        .network("lan", ip("10.20.0.1")),
    "the interface of a network that exists, by the bridge that the plan names": (t) =>
      t
        .kvmHost("h1", { facts: { interfaces: [{ name: "virbr9", cidrs: ["10.20.0.1/24"] }] } })
        .network("lan", { bridge: { name: "virbr9" }, ...ip("10.20.0.1") }),
    "facts that hold no address": (t) =>
      t.kvmHost("h1", { facts: { routes: ["999.0.0.0/24"] } }).network("lan", ip("10.20.0.1")),
    "the host's loopback": (t) =>
      t
        .kvmHost("h1", { facts: { interfaces: [{ name: "lo", cidrs: ["127.0.0.1/8"] }] } })
        .network("lan", ip("127.9.0.1")),
    "an address that is none: that is another rule's": (t) =>
      t.kvmHost("h1", quiet).network("lan", ip("10.0.0.300")),
    "a network that libvirt does not make": (t) =>
      t
        .kvmHost("h1", bare)
        .network("br", { forward: { mode: "bridge" }, bridge: { name: "br0" }, ips: null }),
    "a subnet of a network that libvirt does not make: that is another rule's": (t) =>
      t
        .kvmHost("h1", { facts: { routes: ["10.20.0.0/24"] } })
        .network("br", { forward: { mode: "bridge" }, ...ip("10.20.0.1") }),
    "a network without addresses, on a host without facts": (t) =>
      t.kvmHost("h1", bare).network("lan", { forward: null, ips: null }),
    "no instance of a network": (t) =>
      t
        .kvmHost("h1", quiet)
        .network("a", ip("10.20.0.1"))
        .network("b", { count: 0, ...ip("10.20.0.1") }),
    "no networks": (t) => t.kvmHost("h1", bare).kvm(),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", bare).network("lan", ip("10.20.0.1")),
      reason: 'needs facts of "h1"',
    },
    "a host whose routes and interfaces were not captured": {
      plan: (t) => t.kvmHost("h1").network("lan", ip("10.20.0.1")),
      reason: 'needs facts of "h1"',
    },
    "an address known only at apply": {
      plan: (t) => t.kvmHost("h1", quiet).network("lan", ip("${var.address}")),
      reason: "the subnet of a network is known only at apply",
    },
    "a prefix known only at apply": (t) =>
      t.kvmHost("h1", quiet).network("lan", ip("10.20.0.1", "${var.prefix}")),
    "addresses known only at apply": (t) => t.kvmHost("h1", quiet).network("lan", { ips: "${var.ips}" }),
    "a literal address in a number known only at apply": (t) =>
      t.kvmHost("h1", quiet).network("lan", { count: "${var.n}", ...ip("10.20.0.1") }),
    "one address of several known only at apply": (t) =>
      t.kvmHost("h1", quiet).network("a", ip("10.1.0.1")).network("b", ip("${var.address}")),
    "one mode of several known only at apply": (t) =>
      t
        .kvmHost("h1", quiet)
        .network("a", ip("10.1.0.1"))
        .network("b", { forward: { mode: "${var.mode}" }, ...ip("10.3.0.1") }),
    "a mode known only at apply": (t) =>
      t.kvmHost("h1", quiet).network("lan", { forward: { mode: "${var.mode}" }, ...ip("10.20.0.1") }),
    "a network whose name is known only at apply, on a subnet that the host has": {
      plan: (t) =>
        t.kvmHost("h1", { facts: { routes: ["10.20.0.0/24"] } }).network("lan", {
          name: "${var.name}",
          ...ip("10.20.0.1"),
        }),
      reason: 'which subnets of "h1" are those of the network itself is not known',
    },
    "a network that exists already with addresses that were not captured": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: { networks: [{ name: "lan", active: true }], routes: ["10.20.0.0/24"] } })
          .network("lan", ip("10.20.0.1")),
      reason: 'which subnets of "h1" are those of the network itself is not known',
    },
  },
});
