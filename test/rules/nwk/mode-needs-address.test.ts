import { modeNeedsAddress } from "../../../lib/rules/nwk/mode-needs-address";
import { RuleTester } from "../../../lib/testing";

const mode = (name: string | undefined) => ({ forward: name === undefined ? {} : { mode: name }, ips: null });

RuleTester.run(modeNeedsAddress, {
  fails: {
    "nat without an address": {
      plan: (t) => t.network("lan", mode("nat")),
      severity: "error",
      message: 'Network "lan" has forward mode nat and no address.',
      fix: "or leave out forward for an isolated network",
      at: "ips",
      places: ["lan"],
    },
    "route and open without an address": {
      plan: (t) => t.network("a", mode("route")).network("b", mode("open")),
      count: 2,
    },
    "forward without a mode, which is nat": {
      plan: (t) => t.network("lan", { forward: { mode: null, dev: "eth0" }, ips: null }),
      message: "forward mode nat",
    },
    "an empty list of addresses": (t) => t.network("lan", { ...mode("nat"), ips: [] }),
  },
  passes: {
    "nat with an address": (t) => t.network("lan"),
    "an isolated network without an address": (t) => t.network("lan", { forward: null, ips: null }),
    "a network on a bridge": (t) => t.network("lan", mode("bridge")),
    "addresses known only at apply": (t) => t.network("lan", { ...mode("nat"), ips: "${var.ips}" }),
    "an open network, since libvirt takes it": (t) =>
      t.kvmHost("kvm1", { facts: { libvirtVersion: "10.8.0" } }).network("lan", mode("open")),
    "a mode known only at apply with an address": (t) =>
      t.network("lan", { forward: { mode: "${var.mode}" } }),
  },
  undetermined: {
    "an open network of an unknown libvirt": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).network("lan", mode("open")),
      reason: "needs facts",
    },
    "a mode known only at apply": {
      plan: (t) => t.network("lan", mode("${var.mode}")),
      reason: "the mode of a network is known only at apply",
    },
  },
});
