import { guestAddressValid } from "../../../lib/rules/net/guest-address-valid";
import { RuleTester } from "../../../lib/testing";

const nic = (...ip: object[]) => ({ name: "web", devices: { interfaces: [{ source: { user: {} }, ip }] } });
const ethernet = (...ip: object[]) => ({
  name: "web",
  devices: { interfaces: [{ source: { ethernet: { ip } } }] },
});
const V4 = { address: "10.0.2.15", prefix: 24 };
const V6 = { address: "fd00::5", prefix: 64 };

RuleTester.run(guestAddressValid, {
  fails: {
    "an address with its prefix": {
      plan: (t) => t.kvm(nic({ address: "10.0.2.15/24" })),
      message: 'The address 10.0.2.15/24 of the interface 1 of "web" is no address.',
      at: "devices.interfaces[0].ip[0].address",
    },
    "no address": (t) => t.kvm(nic({ address: "" })),
    "another family": {
      plan: (t) => t.kvm(ethernet({ ...V6, family: "ipv4" })),
      message: "is not of family ipv4",
      at: "devices.interfaces[0].source.ethernet.ip[0].family",
    },
    "a prefix that is too long": {
      plan: (t) => t.kvm(ethernet({ ...V4, prefix: 33 })),
      message: "has prefix 33; it has 32 bits",
    },
    "a peer of the other family": {
      plan: (t) => t.kvm(ethernet({ ...V6, peer: "10.0.2.2" })),
      message: "has the peer 10.0.2.2, which is no address of its family",
    },
    "a peer of user networking": (t) => t.kvm(nic({ ...V4, peer: "10.0.2.2" })),
    "two of a family": { plan: (t) => t.kvm(nic(V4, V4)), message: "is the second of its family" },
    "a prefix that user networking does not take": {
      plan: (t) => t.kvm(nic({ ...V4, prefix: 28 })),
      message: "has prefix 28; user networking takes prefixes from 4 to 27",
    },
    "an IPv6 prefix that it does not take": {
      plan: (t) => t.kvm(nic({ ...V6, prefix: 24 })),
      message: "user networking takes prefix 64",
      fix: "use 64",
    },
  },
  passes: {
    "addresses of user networking": (t) =>
      t.kvm(nic(V4, V6)).kvm(nic({ address: "10.0.2.15", family: "ipv4" })),
    "addresses of the host's end": (t) => t.kvm(ethernet(V4, V4, { ...V4, prefix: 32, peer: "10.0.2.2" })),
  },
  undetermined: {
    "a late address": {
      plan: (t) => t.kvm(nic({ address: "${var.ip}" })),
      reason: "the address of an interface is known only at apply",
    },
  },
});
