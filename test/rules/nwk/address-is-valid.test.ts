import { addressIsValid } from "../../../lib/rules/nwk/address-is-valid";
import { RuleTester } from "../../../lib/testing";
import { block } from "./network";

const v6 = (changes: object = {}) => block({ family: "ipv6", address: "fd00::1", prefix: 64, ...changes });

RuleTester.run(addressIsValid, {
  fails: {
    "no address at all": {
      plan: (t) => t.network("lan", { ips: [...(block().ips as object[]), { prefix: 24 }] }),
      severity: "error",
      message: 'An address is missing in an address block of network "lan".',
      at: "ips[1].address",
      places: ["lan"],
    },
    "an empty address": (t) => t.network("lan", block({ address: "" })),
    "a number above 255": {
      plan: (t) => t.network("lan", block({ address: "10.0.0.300" })),
      message: '"10.0.0.300" is no IP address: the address of network "lan".',
      fix: "write it as in 10.20.0.1",
      at: "ips[0].address",
    },
    "an address with its prefix": {
      plan: (t) => t.network("lan", block({ address: "10.20.0.1/24" })),
      fix: "give address and prefix apart",
    },
    "a family that is none": {
      plan: (t) => t.network("lan", block({ family: "inet" })),
      message: '"inet" is no address family',
      fix: 'use "ipv4" or "ipv6"',
      at: "ips[0].family",
    },
    "an IPv6 address without family": {
      plan: (t) => t.network("lan", v6({ family: null })),
      message: 'The family ipv4, as none is stated, does not fit the address fd00::1 of network "lan".',
      fix: 'set family to "ipv6"',
      at: "ips[0].family",
    },
    "an IPv6 address of family ipv4": (t) => t.network("lan", v6({ family: "ipv4" })),
    "an IPv4 address of family ipv6": {
      plan: (t) => t.network("lan", block({ family: "ipv6" })),
      message: "The family ipv6 does not fit the address 10.20.0.1",
      fix: "leave out family",
    },
    "a prefix of 33": {
      plan: (t) => t.network("lan", block({ prefix: 33 })),
      message: 'Prefix 33 is longer than the 32 bits of the address 10.20.0.1 of network "lan".',
      fix: "use a prefix of 1 to 32, such as 24",
      at: "ips[0].prefix",
    },
    "an IPv6 prefix of 129": {
      plan: (t) => t.network("lan", v6({ prefix: 129 })),
      fix: "use a prefix of 1 to 128, such as 64",
    },
    "a prefix below 0": (t) => t.network("lan", block({ prefix: -1 })),
    "a netmask with holes": {
      plan: (t) => t.network("lan", block({ prefix: null, netmask: "255.0.255.0" })),
      message: '"255.0.255.0" is no netmask',
      fix: "255.255.255.0, or prefix",
      at: "ips[0].netmask",
    },
    "a netmask that is no address": (t) => t.network("lan", block({ prefix: null, netmask: "24" })),
    "a netmask beside an IPv6 address": {
      plan: (t) => t.network("lan", v6({ prefix: null, netmask: "255.255.255.0" })),
      message: "A netmask stands beside the IPv6 address fd00::1",
      fix: "use prefix",
      at: "ips[0].netmask",
    },
    "a netmask known only at apply beside an IPv6 address": {
      plan: (t) => t.network("lan", v6({ prefix: null, netmask: "${var.mask}" })),
      message: "A netmask stands beside",
    },
    "prefix and netmask": {
      plan: (t) => t.network("lan", block({ netmask: "255.255.255.0" })),
      message: "Both prefix 24 and a netmask are given for 10.20.0.1",
      fix: "remove one of them",
      at: "ips[0].netmask",
    },
    "the shortest prefix and netmask": (t) => t.network("lan", block({ prefix: 1, netmask: "128.0.0.0" })),
    "a bad address beside a prefix known only at apply": (t) =>
      t.network("lan", block({ address: "10.0.0.300", prefix: "${var.prefix}" })),
  },
  passes: {
    "prefixes from 0 to 32": (t) =>
      t
        .network("a", block({ prefix: 0 }))
        .network("b", block({ prefix: 1 }))
        .network("c", block({ prefix: 32 }))
        .network("d", block({ prefix: null })),
    "a netmask, alone and beside a prefix of 0": (t) =>
      t
        .network("a", block({ prefix: null, netmask: "255.255.252.0" }))
        .network("b", block({ prefix: 0, netmask: "255.255.252.0" })),
    "a family that fits": (t) => t.network("a", block({ family: "ipv4" })).network("b", v6({ prefix: 128 })),
    "no address block": (t) => t.network("lan", { ips: null }),
  },
  undetermined: {
    "an address known only at apply": {
      plan: (t) => t.network("lan", block({ address: "${var.address}" })),
      reason: "the address of a network is known only at apply",
    },
    "a prefix known only at apply": (t) => t.network("lan", block({ prefix: "${var.prefix}" })),
    "a family known only at apply": (t) => t.network("lan", block({ family: "${var.family}" })),
    "a netmask known only at apply": (t) => t.network("lan", block({ prefix: null, netmask: "${var.mask}" })),
    "a netmask beside a prefix known only at apply": (t) =>
      t.network("lan", block({ prefix: "${var.prefix}", netmask: "255.255.255.0" })),
    "blocks known only at apply": (t) => t.network("lan", { ips: "${var.ips}" }),
  },
});
