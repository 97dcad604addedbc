import { addressIsCanonical } from "../../../lib/rules/prv/address-is-canonical";
import { RuleTester } from "../../../lib/testing";

const on = (address: unknown, family = "ipv6") => ({ ips: [{ family, address, prefix: 24 }] });

RuleTester.run(addressIsCanonical, {
  fails: {
    "zeros written out": {
      plan: (t) => t.network("lan", on("fd00:ab:0:0::1")),
      message: 'ips[0].address of "lan" is "fd00:ab:0:0::1" and comes back as "fd00:ab::1"',
      fix: 'write it as "fd00:ab::1"',
      at: "ips[0].address",
    },
    "upper case": (t) => t.network("lan", on("FD00:AC::1")),
    "leading zeros": { plan: (t) => t.network("lan", on("fd00:00ad::0001")), fix: "fd00:ad::1" },
    "leading zeros of IPv4, which are octal": {
      plan: (t) => t.network("lan", on("10.99.041.1", "ipv4")),
      fix: 'write it as "10.99.33.1"',
    },
  },
  passes: {
    IPv4: (t) => t.network("lan", on("10.99.41.1", "ipv4")),
    IPv6: (t) => t.network("lan", on("fd00:aa::1")),
    "several runs of zeros": (t) => t.network("lan", on("fd00:0:1::1")),
    "no address": (t) => t.network("lan", on("nonsense")),
    "no addresses": (t) => t.network("lan", { ips: null }),
  },
  undetermined: { "a late address": (t) => t.network("lan", on("${var.address}")) },
});
