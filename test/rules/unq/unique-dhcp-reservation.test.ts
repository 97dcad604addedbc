import { uniqueDhcpReservation } from "../../../lib/rules/unq/unique-dhcp-reservation";
import { RuleTester } from "../../../lib/testing";

const reserve = (...hosts: object[]) => ({ ips: [{ address: "10.20.0.1", prefix: 24, dhcp: { hosts } }] });
const mac = (last: number) => `52:54:00:00:00:0${last}`;

RuleTester.run(uniqueDhcpReservation, {
  fails: {
    "an address for two clients": {
      plan: (t) =>
        t.network("lan", reserve({ mac: mac(1), ip: "10.20.0.9" }, { mac: mac(2), ip: "10.20.0.9" })),
      severity: "error",
      message: 'Network "lan" reserves 2 times the address 10.20.0.9.',
      fix: "give each client another address",
      at: "ips[0].dhcp.hosts[1].ip",
      places: ["lan"],
    },
    "an address in two blocks": {
      plan: (t) =>
        t.network("lan", {
          ips: [
            ...(reserve({ mac: mac(1), ip: "FD00::9" }).ips as object[]),
            ...(reserve({ mac: mac(2), ip: "fd00::9" }).ips as object[]),
          ],
        }),
      at: "ips[1].dhcp.hosts[0].ip",
    },
    "a MAC for two addresses, as a warning": {
      plan: (t) =>
        t.network(
          "lan",
          reserve({ mac: "52:54:00:00:00:AB", ip: "10.20.0.8" }, { mac: "52:54:0:0:0:ab", ip: "10.20.0.9" }),
        ),
      severity: "warning",
      message: "reserves 2 times for MAC 52:54:00:00:00:ab",
      fix: "keep one of the reservations",
      at: "ips[0].dhcp.hosts[1].mac",
    },
    "a name for two addresses, as a warning": {
      plan: (t) =>
        t.network("lan", reserve({ name: "Web", ip: "10.20.0.8" }, { name: "web", ip: "10.20.0.9" })),
      severity: "warning",
      message: "reserves 2 times for name web",
      at: "ips[0].dhcp.hosts[1].name",
    },
  },
  passes: {
    "different reservations": (t) =>
      t.network(
        "lan",
        reserve({ mac: mac(1), name: "a", ip: "10.20.0.8" }, { mac: mac(2), name: "b", ip: "10.20.0.9" }),
      ),
    "one address in two networks": (t) =>
      t
        .network("a", reserve({ mac: mac(1), ip: "10.20.0.9" }))
        .network("b", reserve({ mac: mac(1), ip: "10.20.0.9" })),
    "reservations without a name": (t) =>
      t.network("lan", reserve({ mac: mac(1), ip: "10.20.0.8" }, { mac: mac(2), ip: "10.20.0.9" })),
    "what is no MAC: that is another rule's": (t) =>
      t.network("lan", reserve({ mac: "x", ip: "10.20.0.8" }, { mac: "y", ip: "10.20.0.9" })),
    "a single reservation known only at apply": (t) =>
      t.network("lan", reserve({ mac: mac(1), ip: "${var.ip}" })),
    "no reservations": (t) => t.network("lan"),
  },
  undetermined: {
    "an address known only at apply": {
      plan: (t) =>
        t.network("lan", reserve({ mac: mac(1), ip: "10.20.0.8" }, { mac: mac(2), ip: "${var.ip}" })),
      reason: "a DHCP reservation is known only at apply",
    },
    "a MAC known only at apply": (t) =>
      t.network("lan", reserve({ mac: mac(1), ip: "10.20.0.8" }, { mac: "${var.mac}", ip: "10.20.0.9" })),
  },
});
