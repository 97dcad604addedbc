import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, networks, notApplicable, pass, undetermined } from "../../rule";
import { normalMac } from "../net/mac";

/** What must be reserved once, and how to compare it. */
const KEYS = {
  ip: (text: string) => text.toLowerCase(),
  mac: (text: string) => normalMac(text) ?? text,
  name: (text: string) => text.toLowerCase(),
} as const;

/** One address is one client's, and a client has one address in a subnet. */
export const uniqueDhcpReservation = defineRule({
  code: "VIRT-UNQ-009",
  slug: "unique-dhcp-reservation",
  severity: "error",
  stage: "silent",
  title: "A network reserves each address once, and for each client once",
  why: "libvirt checks reservations against each other only when they are changed on a running network. In a definition it takes all of them; dnsmasq then drops the second reservation of an address, and of two for one MAC or name only one can hold.",
  fix: "Remove one of the reservations, or give it another address, MAC or name.",
  sources: [
    "tried: libvirt 9.0.0 defines and starts networks with an address, a MAC or a name twice; dnsmasq 2.90 reports a duplicate dhcp-host IP address and leaves the second out, and says nothing of the others",
  ],
  needs: ["network"],
  on: networks,
  *check(network) {
    const hosts = (network.config.ips ?? []).flatMap((ip, index) =>
      (ip.dhcp?.hosts ?? []).map((host, number) => ({ host, at: `ips[${index}].dhcp.hosts[${number}]` })),
    );
    if (hosts.length < 2) return yield notApplicable;
    yield pass;
    for (const [key, normal] of Object.entries(KEYS) as [keyof typeof KEYS, (text: string) => string][]) {
      const named = hosts.filter(({ host }) => host[key] !== undefined && !isLate(host[key]));
      for (const [value, same] of groupBy(named, ({ host }) => normal(host[key]!))) {
        if (same.length < 2) continue;
        yield fail({
          severity: key === "ip" ? "error" : "warning",
          at: `${same[1]!.at}.${key}`,
          message: `Network "${network.label}" reserves ${same.length} times ${key === "ip" ? "the address" : `for ${key === "mac" ? "MAC" : "name"}`} ${value}.`,
          fix: key === "ip" ? "give each client another address" : "keep one of the reservations",
        });
      }
      if (named.length < hosts.filter(({ host }) => host[key] !== undefined).length) {
        yield undetermined("a DHCP reservation is known only at apply");
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.network("lan", {
        ips: [
          {
            address: "10.20.0.1",
            prefix: 24,
            dhcp: {
              hosts: [
                { mac: "52:54:00:00:00:01", ip: "10.20.0.10" },
                { mac: "52:54:00:00:00:02", ip: "10.20.0.10" },
              ],
            },
          },
        ],
      }),
    good: (plan) =>
      plan.network("lan", {
        ips: [
          {
            address: "10.20.0.1",
            prefix: 24,
            dhcp: {
              hosts: [
                { mac: "52:54:00:00:00:01", ip: "10.20.0.10" },
                { mac: "52:54:00:00:00:02", ip: "10.20.0.11" },
              ],
            },
          },
        ],
      }),
  },
});
