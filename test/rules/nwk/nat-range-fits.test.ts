import { natRangeFits } from "../../../lib/rules/nwk/nat-range-fits";
import { RuleTester } from "../../../lib/testing";

const nat = (given: object) => ({ forward: { nat: given } });
const addresses = (start: string | null, end: string | null) => nat({ addresses: [{ start, end }] });

RuleTester.run(natRangeFits, {
  fails: {
    "two ranges of addresses": {
      plan: (t) => t.network("lan", nat({ addresses: [{ start: "1.2.3.4" }, { start: "1.2.3.9" }] })),
      message: 'The NAT of network "lan" has 2 ranges of addresses.',
      at: "forward.nat.addresses",
    },
    "no last address": {
      plan: (t) => t.network("lan", addresses("1.2.3.4", null)),
      message: "has addresses from 1.2.3.4 to nowhere",
      at: "forward.nat.addresses[0].end",
    },
    "no IPv4 address": {
      plan: (t) => t.network("lan", addresses("fd00::1", "fd00::9")),
      at: "forward.nat.addresses[0].start",
    },
    "addresses backwards": {
      plan: (t) => t.network("lan", addresses("1.2.3.10", "1.2.3.4")),
      message: "which run backwards",
    },
    "too many addresses": (t) => t.network("lan", addresses("1.2.3.4", "1.3.3.4")),
    "two ranges of ports": {
      plan: (t) =>
        t.network(
          "lan",
          nat({
            ports: [
              { start: 1, end: 2 },
              { start: 3, end: 4 },
            ],
          }),
        ),
      message: "has 2 ranges of ports",
    },
    "ports backwards": {
      plan: (t) => t.network("lan", nat({ ports: [{ start: 1024, end: 1000 }] })),
      message: "has ports from 1024 to 1000, which run backwards",
      at: "forward.nat.ports[0].end",
    },
    "no last port": {
      plan: (t) => t.network("lan", nat({ ports: [{ start: 1024 }] })),
      message: "without end",
    },
  },
  passes: {
    ranges: (t) =>
      t.network(
        "lan",
        nat({ addresses: [{ start: "1.2.3.4", end: "1.2.3.10" }], ports: [{ start: 0, end: 65_535 }] }),
      ),
    "one address and one port": (t) =>
      t.network(
        "lan",
        nat({ addresses: [{ start: "1.2.3.4", end: "1.2.3.4" }], ports: [{ start: 80, end: 80 }] }),
      ),
    "no ranges": (t) => t.network("lan", nat({ ipv6: "yes" })).network("b", { forward: null }),
  },
  undetermined: {
    "a late port": {
      plan: (t) => t.network("lan", nat({ ports: [{ start: "${var.port}", end: 9 }] })),
      reason: "the ranges of NAT are known only at apply",
    },
  },
});
