import { dhcpReservationComplete } from "../../../lib/rules/nwk/dhcp-reservation-complete";
import { RuleTester } from "../../../lib/testing";
import { dhcp, V6 } from "./network";

const MAC = "52:54:00:00:00:01";
const host = (changes: object, more: object = {}) => dhcp({ hosts: [changes] }, more as never);
const leaseOf = (expiry: unknown, unit?: string) =>
  host({ mac: MAC, ip: "10.20.0.9", lease: { expiry, unit } });

RuleTester.run(dhcpReservationComplete, {
  fails: {
    "a reservation for nobody": {
      plan: (t) => t.network("lan", host({ ip: "10.20.0.9" })),
      severity: "error",
      message: 'DHCP reservation 10.20.0.9 of network "lan" does not say whom it is for.',
      fix: "give mac or name",
      at: "ips[0].dhcp.hosts[0]",
      places: ["lan"],
    },
    "an id alone in an IPv4 block": (t) => t.network("lan", host({ id: "0:1:2", ip: "10.20.0.9" })),
    "an IPv6 reservation for nobody": {
      plan: (t) => t.network("lan", host({ ip: "fd00::9" }, V6)),
      fix: "give id (the client's DUID) or name",
    },
    "a MAC in an IPv6 block": {
      plan: (t) => t.network("lan", host({ mac: MAC, name: "a", ip: "fd00::9" }, V6)),
      message: "names a MAC, which IPv6 clients do not show",
      fix: "use id or name",
      at: "ips[0].dhcp.hosts[0].mac",
    },
    "a MAC that is none": {
      plan: (t) => t.network("lan", host({ mac: "52-54-00-00-00-01", ip: "10.20.0.9" })),
      message: "names 52-54-00-00-00-01, which is no MAC address",
      at: "ips[0].dhcp.hosts[0].mac",
    },
    "a multicast MAC": {
      plan: (t) => t.network("lan", host({ mac: "01:54:00:00:00:01", ip: "10.20.0.9" })),
      message: "which is a multicast address",
    },
    "a name that is none": {
      plan: (t) => t.network("lan", host({ mac: MAC, name: "-web", ip: "10.20.0.9" })),
      message: "names -web, which is no host name",
      at: "ips[0].dhcp.hosts[0].name",
    },
    "no address": {
      plan: (t) => t.network("lan", host({ mac: MAC })),
      message: `DHCP reservation ${MAC} of network "lan" has no address.`,
      at: "ips[0].dhcp.hosts[0].ip",
    },
    "an address that is none": {
      plan: (t) => t.network("lan", host({ name: "web", ip: "10.20.0.300" })),
      message: "has the address 10.20.0.300, which is none",
    },
    "a reservation of nothing": {
      plan: (t) => t.network("lan", host({})),
      message: "DHCP reservation without content",
    },
    "an address outside the subnet, as a warning": {
      plan: (t) => t.network("lan", host({ mac: MAC, ip: "10.21.0.9" })),
      severity: "warning",
      message: "is outside the subnet 10.20.0.0/24, so that nobody gets it",
      fix: "use an address of 10.20.0.0/24",
      at: "ips[0].dhcp.hosts[0].ip",
    },
    "the host's own address, as a warning": {
      plan: (t) => t.network("lan", host({ mac: MAC, ip: "10.20.0.1" })),
      severity: "warning",
      message: "gives out the host's own address",
    },
    "a lease of one minute": {
      plan: (t) => t.network("lan", leaseOf(1)),
      message: 'Lease time of 1 minutes of network "lan" is below two minutes.',
      fix: "use 2 minutes or more",
      at: "ips[0].dhcp.hosts[0].lease",
    },
    "a lease of 119 seconds": (t) => t.network("lan", leaseOf(119, "seconds")),
    "a lease in days": {
      plan: (t) => t.network("lan", leaseOf(5, "days")),
      message: "is in days, a unit that libvirt does not know",
    },
    "a short lease of a range": {
      plan: (t) =>
        t.network("lan", dhcp({ ranges: [{ start: "10.20.0.2", end: "10.20.0.9", lease: { expiry: 1 } }] })),
      at: "ips[0].dhcp.ranges[0].lease",
    },
  },
  passes: {
    "a MAC, a name, or both": (t) =>
      t
        .network("a", host({ mac: MAC, ip: "10.20.0.9" }))
        .network("b", host({ name: "web", ip: "10.20.0.9" }))
        .network("c", host({ mac: MAC, name: "1web", ip: "10.20.0.9" })),
    "an id or a name for IPv6": (t) =>
      t
        .network("a", host({ id: "0:1:2", ip: "fd00::9" }, V6))
        .network("b", host({ name: "web", ip: "fd00::9" }, V6)),
    "leases of two minutes and more, and without end": (t) =>
      t
        .network("a", leaseOf(2))
        .network("b", leaseOf(120, "seconds"))
        .network("c", leaseOf(1, "hours"))
        .network("d", leaseOf(0, "seconds")),
    "a block that is wrong itself: that is another rule's": (t) =>
      t.network("lan", host({ mac: MAC, ip: "10.99.0.9" }, { prefix: 33 })),
    "no reservations": (t) =>
      t.network("a").network("b", dhcp({ ranges: [{ start: "10.20.0.2", end: "10.20.0.9" }] })),
  },
  undetermined: {
    "an address known only at apply": {
      plan: (t) => t.network("lan", host({ mac: MAC, ip: "${var.ip}" })),
      reason: "a DHCP reservation is known only at apply",
    },
    "a MAC known only at apply": (t) => t.network("lan", host({ mac: "${var.mac}", ip: "10.20.0.9" })),
    "a name known only at apply": (t) => t.network("lan", host({ name: "${var.name}", ip: "10.20.0.9" })),
    "an id known only at apply": (t) => t.network("lan", host({ id: "${var.id}", ip: "fd00::9" }, V6)),
    "a family known only at apply": (t) =>
      t.network("lan", host({ mac: MAC, ip: "10.20.0.9" }, { family: "${var.family}" })),
    "a subnet known only at apply": {
      plan: (t) => t.network("lan", host({ mac: MAC, ip: "10.20.0.9" }, { prefix: "${var.prefix}" })),
      reason: "the subnet of a DHCP reservation is known only at apply",
    },
    "a lease time known only at apply": {
      plan: (t) => t.network("lan", leaseOf("${var.time}")),
      reason: "a lease time is known only at apply",
    },
    "a unit known only at apply": (t) => t.network("lan", leaseOf(1, "${var.unit}")),
  },
});
