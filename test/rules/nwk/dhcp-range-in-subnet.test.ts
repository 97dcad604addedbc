import { dhcpRangeInSubnet } from "../../../lib/rules/nwk/dhcp-range-in-subnet";
import { RuleTester } from "../../../lib/testing";
import { dhcp, V6 } from "./network";

const range = (start: string | undefined, end: string | undefined, more: object = {}) =>
  dhcp({ ranges: [{ start, end }] }, more as never);

RuleTester.run(dhcpRangeInSubnet, {
  fails: {
    "a range that runs backwards": {
      plan: (t) => t.network("lan", range("10.20.0.20", "10.20.0.10")),
      severity: "error",
      message: 'DHCP range 10.20.0.20 to 10.20.0.10 of network "lan" runs backwards.',
      fix: "use addresses of 10.20.0.0/24, such as 10.20.0.2 to 10.20.0.254",
      at: "ips[0].dhcp.ranges[0].start",
      places: ["lan"],
    },
    "by one address": (t) => t.network("lan", range("10.20.0.11", "10.20.0.10")),
    "backwards in the third number": (t) => t.network("lan", range("10.20.2.1", "10.20.1.9", { prefix: 16 })),
    "a range that ends in another subnet": {
      plan: (t) => t.network("lan", range("10.20.0.20", "10.20.1.10")),
      message: "leaves the subnet 10.20.0.0/24",
      at: "ips[0].dhcp.ranges[0].end",
    },
    "a range that starts in another subnet": {
      plan: (t) => t.network("lan", range("10.19.255.20", "10.20.0.10")),
      at: "ips[0].dhcp.ranges[0].start",
    },
    "a range of the other family": {
      plan: (t) => t.network("lan", range("fd00::1", "fd00::5")),
      message: "leaves the subnet",
    },
    "a range from the address of the network": {
      plan: (t) => t.network("lan", range("10.20.0.0", "10.20.0.10")),
      message: "starts at the address of the network itself",
    },
    "a range to the broadcast address": {
      plan: (t) => t.network("lan", range("10.20.0.10", "10.20.0.255")),
      message: "ends at the broadcast address",
      at: "ips[0].dhcp.ranges[0].end",
    },
    "a range over two second numbers": {
      plan: (t) => t.network("lan", range("10.0.0.5", "10.1.0.5", { prefix: 8 })),
      message: "is longer than 65,535 addresses",
      fix: /use addresses of 10\.0\.0\.0\/8$/,
    },
    "a range over two first numbers": (t) => t.network("lan", range("10.0.0.5", "11.0.0.5", { prefix: 4 })),
    "an IPv6 range over two of the last parts but one": {
      plan: (t) => t.network("lan", range("fd00::10", "fd00::1:ff", V6)),
      message: "is longer than 65,535 addresses",
      fix: /use addresses of fd00::\/64$/,
    },
    "an IPv6 range that runs backwards": (t) => t.network("lan", range("fd00::20", "fd00::10", V6)),
    "no end": {
      plan: (t) => t.network("lan", range("10.20.0.10", undefined)),
      message: "DHCP range 10.20.0.10 to … of network",
      at: "ips[0].dhcp.ranges[0].end",
    },
    "no start": { plan: (t) => t.network("lan", range("", "10.20.0.10")), message: "has no start" },
    "an address that is none": {
      plan: (t) => t.network("lan", range("10.20.0.10", "10.20.0.300")),
      message: "names no IP address as its end",
      at: "ips[0].dhcp.ranges[0].end",
    },
    "the second range of the second block": {
      plan: (t) =>
        t.network("lan", {
          ips: [
            { address: "10.1.0.1", prefix: 24 },
            {
              address: "10.2.0.1",
              prefix: 24,
              dhcp: {
                ranges: [
                  { start: "10.2.0.2", end: "10.2.0.3" },
                  { start: "10.2.0.9", end: "10.2.0.8" },
                ],
              },
            },
          ],
        }),
      at: "ips[1].dhcp.ranges[1].start",
    },
  },
  passes: {
    "all that a subnet has": (t) => t.network("lan", range("10.20.0.1", "10.20.0.254")),
    "one address": (t) => t.network("lan", range("10.20.0.2", "10.20.0.2")),
    "a range over two third numbers": (t) =>
      t.network("lan", range("10.20.0.255", "10.20.1.0", { prefix: 16 })),
    "65,535 addresses": (t) => t.network("lan", range("10.0.0.1", "10.0.255.255", { prefix: 8 })),
    "an IPv6 range": (t) => t.network("lan", range("fd00::0", "fd00::ffff", V6)),
    "a subnet of a netmask": (t) =>
      t.network("lan", range("10.20.3.1", "10.20.3.9", { prefix: null, netmask: "255.255.252.0" })),
    "a block that is wrong itself: that is another rule's": (t) =>
      t.network("lan", range("10.20.0.20", "10.20.0.10", { prefix: 33 })),
    "no range": (t) => t.network("a").network("b", dhcp({})),
  },
  undetermined: {
    "a start known only at apply": {
      plan: (t) => t.network("lan", range("${var.start}", "10.20.0.10")),
      reason: "a DHCP range or its subnet is known only at apply",
    },
    "an end known only at apply": (t) => t.network("lan", range("10.20.0.10", "${var.end}")),
    "a subnet known only at apply": (t) =>
      t.network("lan", range("10.20.0.20", "10.20.0.10", { prefix: "${var.prefix}" })),
  },
});
