import { IPv4, type IPv6, isValid, parse } from "ipaddr.js";
import { isLate, type Planned } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import type { NetworkIps, NetworkIpsDhcpRanges } from "../../provider/network";
import { defineRule, fail, networks, type Outcome, pass, undetermined } from "../../rule";
import { relation, type Subnet, subnetOf, subnetText } from "./subnets";

type Address = IPv4 | IPv6;

/** DHCP gives out addresses of its own subnet, from the lower to the higher. */
export const dhcpRangeInSubnet = defineRule({
  code: "VIRT-NWK-004",
  slug: "dhcp-range-in-subnet",
  severity: "error",
  stage: "apply",
  title: "A DHCP range must lie in its subnet, from a lower to a higher address",
  why: "libvirt refuses a range that leaves the subnet of its address block, runs backwards, starts at the network's own address or ends at the broadcast address, or is longer than 65,535 addresses: the first two numbers of its IPv4 addresses, or all but the last of its IPv6 addresses, must be equal.",
  fix: "Write the first and the last address to give out, both in the subnet.",
  sources: [
    "libvirt virsocketaddr.c virSocketAddrGetRange, network_conf.c virNetworkDHCPRangeDefParseXML",
    "tried: libvirt 9.0.0 refuses .20 to .10 (reversed), a range over two subnets, .0 (network address), .255 (broadcast address), 10.0.0.5 to 10.1.0.5 and fd00:77::10 to fd00:77::1:ff (too large); it takes one address, the host's own, overlapping ranges, and 10.0.0.5 to 10.0.255.5",
  ],
  needs: ["network"],
  on: networks,
  *check(network) {
    for (const [index, ip] of (network.config.ips ?? []).entries()) {
      for (const [number, range] of (ip.dhcp?.ranges ?? []).entries()) {
        yield outcomeOf(network, ip, range, `ips[${index}].dhcp.ranges[${number}]`);
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
            dhcp: { ranges: [{ start: "10.20.0.200", end: "10.20.0.100" }] },
          },
        ],
      }),
    good: (plan) =>
      plan.network("lan", {
        ips: [
          {
            address: "10.20.0.1",
            prefix: 24,
            dhcp: { ranges: [{ start: "10.20.0.100", end: "10.20.0.200" }] },
          },
        ],
      }),
  },
});

function outcomeOf(
  network: PlanNetwork,
  ip: Planned<NetworkIps>,
  { start, end }: Planned<NetworkIpsDhcpRanges>,
  at: string,
): Outcome {
  const subnet = subnetOf(ip);
  if (subnet === "late" || isLate(start) || isLate(end)) {
    return undetermined("a DHCP range or its subnet is known only at apply");
  }
  // What is wrong with the address block itself is another rule's matter.
  if (subnet === undefined) return pass;
  const refused = (what: string, attribute = "start") =>
    fail({
      at: `${at}.${attribute}`,
      message: `DHCP range ${start ?? "…"} to ${end ?? "…"} of network "${network.label}" ${what}.`,
      fix: `use addresses of ${subnetText(subnet)}${suggestion(subnet)}`,
    });
  for (const [attribute, text] of Object.entries({ start, end })) {
    if (!text) return refused(`has no ${attribute}`, attribute);
    if (!isValid(text)) return refused(`names no IP address as its ${attribute}`, attribute);
  }
  const [first, last] = [parse(start!), parse(end!)];
  for (const [attribute, address] of Object.entries({ start: first, end: last })) {
    if (relation(subnet, { address, prefix: subnet.prefix }) === "apart") {
      return refused(`leaves the subnet ${subnetText(subnet)}`, attribute);
    }
  }
  if (first.kind() === "ipv4") {
    const [own, broadcast] = edgesOf(subnet);
    if (first.toString() === own) return refused("starts at the address of the network itself");
    if (last.toString() === broadcast) return refused("ends at the broadcast address", "end");
  }
  const [head, tail] = [split(first), split(last)];
  if (head.common !== tail.common) return refused("is longer than 65,535 addresses", "end");
  return head.rest > tail.rest ? refused("runs backwards") : pass;
}

/** An address as libvirt compares it: what must be equal, and what may grow, which is two bytes. */
function split(address: Address): { common: string; rest: number } {
  const bytes = address.toByteArray();
  return { common: bytes.slice(0, -2).join(), rest: bytes.at(-2)! * 256 + bytes.at(-1)! };
}

/** The first and the last address of an IPv4 subnet, which no host has. */
function edgesOf({ address, prefix }: Subnet): [string, string] {
  const cidr = `${address.toString()}/${prefix}`;
  return [IPv4.networkAddressFromCIDR(cidr).toString(), IPv4.broadcastAddressFromCIDR(cidr).toString()];
}

function suggestion(subnet: Subnet): string {
  return subnet.address.kind() === "ipv4" && subnet.prefix === 24
    ? `, such as ${edgesOf(subnet)[0].replace(/0$/, "2")} to ${edgesOf(subnet)[1].replace(/255$/, "254")}`
    : "";
}
