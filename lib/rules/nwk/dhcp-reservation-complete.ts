import { isValid, parse } from "ipaddr.js";
import { isLate, type Planned } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import type { NetworkIps, NetworkIpsDhcpHosts } from "../../provider/network";
import { defineRule, fail, networks, type Outcome, pass, undetermined } from "../../rule";
import { isMulticast, normalMac } from "../net/mac";
import { relation, subnetOf, subnetText } from "./subnets";

/** Seconds in the units of a lease time. */
const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600 };
/** dnsmasq, which does the work, gives none for less. */
const SHORTEST_LEASE = 120;

/** A reservation says who gets which address. */
export const dhcpReservationComplete = defineRule({
  code: "VIRT-NWK-006",
  slug: "dhcp-reservation-complete",
  severity: "error",
  stage: "apply",
  title: "A DHCP reservation needs an address and whom it is for",
  why: "Who gets the address is told by a MAC or a name for IPv4, and by an id or a name for IPv6, where clients do not show their MAC. libvirt refuses a reservation without that or without address, and lease times below two minutes. An address outside the subnet is taken and never given out.",
  fix: "Give ip and mac; for IPv6 ip and id or name.",
  sources: [
    "libvirt network_conf.c virNetworkDHCPHostDefParseXML, virNetworkDHCPLeaseTimeDefParseXML",
    "tried: libvirt 9.0.0 refuses a host without mac and name, without ip, with a mac in an IPv6 block, and leases of 1 minute and 119 seconds; it defines and starts a host of 10.99.1.5 in 10.77.1.0/24, and one with the host's own address",
  ],
  needs: ["network"],
  on: networks,
  *check(network) {
    for (const [index, ip] of (network.config.ips ?? []).entries()) {
      const at = `ips[${index}].dhcp`;
      for (const [number, host] of (ip.dhcp?.hosts ?? []).entries()) {
        yield hostOutcome(network, ip, host, `${at}.hosts[${number}]`);
        if (host.lease) yield* leaseOutcomes(network, host.lease, `${at}.hosts[${number}].lease`);
      }
      for (const [number, range] of (ip.dhcp?.ranges ?? []).entries()) {
        if (range.lease) yield* leaseOutcomes(network, range.lease, `${at}.ranges[${number}].lease`);
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.network("lan", {
        ips: [{ address: "10.20.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.20.0.10" }] } }],
      }),
    good: (plan) =>
      plan.network("lan", {
        ips: [
          {
            address: "10.20.0.1",
            prefix: 24,
            dhcp: { hosts: [{ mac: "52:54:00:00:00:01", ip: "10.20.0.10" }] },
          },
        ],
      }),
  },
});

function hostOutcome(
  network: PlanNetwork,
  block: Planned<NetworkIps>,
  host: Planned<NetworkIpsDhcpHosts>,
  at: string,
): Outcome {
  const { ip, mac, name, id } = host;
  const isV6 = block.family === "ipv6";
  const whom = [ip, name, mac, id].find((text) => text !== undefined && text !== "" && !isLate(text));
  const refused = (attribute: string, what: string, fix: string, severity?: "warning") =>
    fail({
      at: attribute === "" ? at : `${at}.${attribute}`,
      severity,
      message: `DHCP reservation ${whom ?? "without content"} of network "${network.label}" ${what}.`,
      fix,
    });
  if ([ip, mac, name, id, block.family].some(isLate)) {
    return undetermined("a DHCP reservation is known only at apply");
  }
  if (isV6 && mac) return refused("mac", "names a MAC, which IPv6 clients do not show", "use id or name");
  if (isV6 && !id && !name)
    return refused("", "does not say whom it is for", "give id (the client's DUID) or name");
  if (!isV6 && !mac && !name) return refused("", "does not say whom it is for", "give mac or name");
  if (mac && normalMac(mac) === undefined) {
    return refused("mac", `names ${mac}, which is no MAC address`, "write it as in 52:54:00:00:00:01");
  }
  if (mac && isMulticast(mac)) {
    return refused(
      "mac",
      `names ${mac}, which is a multicast address`,
      "use the address of the guest's interface",
    );
  }
  if (name && !/^[a-z0-9]/i.test(name)) {
    return refused("name", `names ${name}, which is no host name`, "begin the name with a letter or digit");
  }
  if (!ip) return refused("ip", "has no address", "give the address as ip");
  if (!isValid(ip)) return refused("ip", `has the address ${ip}, which is none`, "write it as in 10.20.0.10");
  const subnet = subnetOf(block);
  if (subnet === "late") return undetermined("the subnet of a DHCP reservation is known only at apply");
  if (subnet === undefined) return pass;
  const address = parse(ip);
  if (relation(subnet, { address, prefix: subnet.prefix }) === "apart") {
    const fix = `use an address of ${subnetText(subnet)}`;
    return refused(
      "ip",
      `is outside the subnet ${subnetText(subnet)}, so that nobody gets it`,
      fix,
      "warning",
    );
  }
  return address.toString() === subnet.address.toString()
    ? refused("ip", "gives out the host's own address", "use another address", "warning")
    : pass;
}

function* leaseOutcomes(
  network: PlanNetwork,
  lease: Planned<NonNullable<NetworkIpsDhcpHosts["lease"]>>,
  at: string,
): Iterable<Outcome> {
  const { expiry, unit = "minutes" } = lease;
  if (isLate(expiry) || isLate(unit)) return yield undetermined("a lease time is known only at apply");
  const seconds = (expiry as number) * (UNIT_SECONDS[unit] ?? Number.NaN);
  // Zero stands for a lease without end.
  if (seconds === 0 || seconds >= SHORTEST_LEASE) return yield pass;
  yield fail({
    at,
    message: Number.isNaN(seconds)
      ? `Lease time of network "${network.label}" is in ${unit}, a unit that libvirt does not know.`
      : `Lease time of ${expiry} ${unit} of network "${network.label}" is below two minutes.`,
    fix: 'use 2 minutes or more, or 0 for no end; units are "seconds", "minutes" and "hours"',
  });
}
