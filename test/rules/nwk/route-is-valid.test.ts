import { routeIsValid } from "../../../lib/rules/nwk/route-is-valid";
import { RuleTester } from "../../../lib/testing";

const GOOD = { address: "10.30.0.0", prefix: 24, gateway: "10.20.0.9" };
const lan = (route: object) => ({ routes: [{ ...GOOD, ...route }] });
const V6 = { family: "ipv6", address: "fd00:30::", prefix: 64, gateway: "fd00:20::9" };
const nic = (route: object, source: object = { vdpa: { device: "/dev/vhost-vdpa-0" } }) => ({
  name: "web",
  devices: { interfaces: [{ source, route: [{ ...GOOD, ...route }] }] },
});

RuleTester.run(routeIsValid, {
  fails: {
    "an address within the network": {
      plan: (t) => t.network("lan", lan({ address: "10.30.0.1" })),
      message:
        'The route to 10.30.0.1 of network "lan" has prefix 24, of which the network address is 10.30.0.0.',
      fix: "write 10.30.0.0",
      at: "routes[0].address",
    },
    "no prefix": {
      plan: (t) => t.network("lan", lan({ prefix: null })),
      message: "has no prefix, of which the network address is 0.0.0.0",
      fix: "give the prefix of the destination",
    },
    "an address within a netmask": (t) =>
      t.network("lan", lan({ address: "10.30.0.1", prefix: null, netmask: "255.255.0.0" })),
    "no address": { plan: (t) => t.network("lan", lan({ address: "x" })), at: "routes[0].address" },
    "no gateway": { plan: (t) => t.network("lan", lan({ gateway: "" })), message: "has no gateway" },
    "a gateway that is none": {
      plan: (t) => t.network("lan", lan({ gateway: "x" })),
      message: 'has the gateway "x", which is no address',
    },
    "a gateway out of reach": {
      plan: (t) => t.network("lan", lan({ gateway: "10.99.0.1" })),
      message: "has the gateway 10.99.0.1, which is in no subnet of the network (10.20.0.0/24)",
      at: "routes[0].gateway",
    },
    "a gateway of a network without addresses": (t) =>
      t.network("lan", { ...lan({}), forward: null, ips: null }),
    "an IPv6 route of no family": {
      plan: (t) => t.network("lan", lan({ ...V6, family: null })),
      message: "is of family ipv4, as none is stated, and fd00:30:: is not",
      fix: 'set family to "ipv6"',
    },
    "a gateway of the other family": (t) => t.network("lan", lan({ ...V6, gateway: "10.20.0.9" })),
    "an unknown family": (t) => t.network("lan", lan({ family: "x" })),
    "a prefix and a netmask": {
      plan: (t) => t.network("lan", lan({ netmask: "255.255.255.0" })),
      message: "has both prefix 24 and a netmask",
    },
    "a netmask that is none": (t) => t.network("lan", lan({ prefix: null, netmask: "x" })),
    "a netmask of IPv6": {
      plan: (t) => t.network("lan", lan({ ...V6, netmask: "x" })),
      message: "IPv6 has not",
    },
    "a prefix that is too long": {
      plan: (t) => t.network("lan", lan({ prefix: 33 })),
      message: "has prefix 33; it has 0 to 32 bits",
    },
    "the metric 0": {
      plan: (t) => t.network("lan", lan({ metric: "0" })),
      message: "has the metric 0",
      at: "routes[0].metric",
    },
    "a metric that is no number": (t) => t.network("lan", lan({ metric: "x" })),
    "a route of a guest": {
      plan: (t) => t.kvm(nic({ metric: 0 })),
      message: 'of interface 1 of "web" has the metric 0',
      at: "devices.interfaces[0].route[0].metric",
    },
    "a route of the host's end": {
      plan: (t) =>
        t.kvm({
          devices: { interfaces: [{ source: { ethernet: { route: [{ ...GOOD, address: "10.30.0.9" }] } } }] },
        }),
      at: "devices.interfaces[0].source.ethernet.route[0].address",
    },
  },
  passes: {
    "a route": (t) => t.network("lan", lan({ metric: "2", family: "ipv4" })),
    "a route by netmask": (t) => t.network("lan", lan({ prefix: null, netmask: "255.255.255.0" })),
    "the default route": (t) => t.network("lan", lan({ address: "0.0.0.0", prefix: null })),
    "an IPv6 route": (t) =>
      t.network("lan", {
        routes: [V6],
        ips: [
          { address: "10.20.0.1", prefix: 24 },
          { address: "fd00:20::1", prefix: 64, family: "ipv6" },
        ],
      }),
    "a guest's gateway anywhere": (t) => t.kvm(nic({ gateway: "10.99.0.1", metric: 3 })),
    "a network whose address is wrong": (t) => t.network("lan", { ...lan({}), ips: [{ address: "x" }] }),
    "no routes": (t) => t.network("lan").kvm(),
  },
  undetermined: {
    "a late gateway": {
      plan: (t) => t.network("lan", lan({ gateway: "${var.gateway}" })),
      reason: "a route or the subnet of its gateway is known only at apply",
    },
    "a late subnet": (t) => t.network("lan", { ...lan({}), ips: [{ address: "${var.address}" }] }),
  },
});
