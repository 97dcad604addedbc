import { IPv4, isValid, parse } from "ipaddr.js";
import { isLate, type Planned } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import type { NetworkIps } from "../../provider/network";
import { defineRule, fail, networks, type Outcome, pass, undetermined } from "../../rule";
import { bitsOf } from "./subnets";

/** An address block is an address and how many of its bits are the network's. */
export const addressIsValid = defineRule({
  code: "VIRT-NWK-013",
  slug: "address-is-valid",
  severity: "error",
  stage: "apply",
  title: "The address of a network must be an address, with a prefix or netmask of its family",
  why: "libvirt refuses an address that is none, a prefix longer than the address, a prefix beside a netmask, and an IPv6 address without family ipv6. A netmask with holes is taken, and the network then cannot start.",
  fix: "Write the host's address in the network with a prefix of 1 to 32, or for IPv6 of 1 to 128 with family ipv6.",
  sources: [
    "libvirt network_conf.c virNetworkIPDefParseXML",
    "tried: libvirt 9.0.0 refuses 10.0.0.300, prefix 99 and 33, prefix and netmask together, fd00:77::1 without family and prefix 129; it starts prefix 32 and none; netmask 255.0.255.0 is defined and fails at start: invalid netmask or IP address",
  ],
  needs: ["network"],
  on: networks,
  check: (network) => (network.config.ips ?? []).map((ip, index) => outcomeOf(network, ip, `ips[${index}]`)),
  examples: {
    bad: (plan) => plan.network("lan", { ips: [{ address: "10.0.0.300", prefix: 24 }] }),
    good: (plan) => plan.network("lan", { ips: [{ address: "10.0.0.1", prefix: 24 }] }),
  },
});

function outcomeOf(network: PlanNetwork, ip: Planned<NetworkIps>, at: string): Outcome {
  const { address, prefix, netmask, family } = ip;
  const wrong = (attribute: string, what: string, fix: string) =>
    fail({ at: `${at}.${attribute}`, message: `${what} of network "${network.label}".`, fix });
  if (isLate(address)) return undetermined("the address of a network is known only at apply");
  if (address === undefined || address === "") {
    return wrong(
      "address",
      "An address is missing in an address block",
      "set the host's address in the network",
    );
  }
  if (!isValid(address)) {
    return wrong(
      "address",
      `"${address}" is no IP address: the address`,
      address.includes("/")
        ? "give address and prefix apart"
        : "write it as in 10.20.0.1, or fd00::1 with family ipv6",
    );
  }
  const parsed = parse(address);
  const isV6 = parsed.kind() === "ipv6";
  if (family !== undefined && !isLate(family) && family !== "ipv4" && family !== "ipv6") {
    return wrong("family", `"${family}" is no address family: the family`, 'use "ipv4" or "ipv6"');
  }
  if (!isLate(family) && isV6 !== (family === "ipv6")) {
    return wrong(
      "family",
      `The family ${family ?? "ipv4, as none is stated,"} does not fit the address ${address}`,
      isV6 ? 'set family to "ipv6"' : 'leave out family, or set it to "ipv4"',
    );
  }
  if (
    !isLate(prefix) &&
    prefix !== undefined &&
    !((prefix as number) >= 0 && (prefix as number) <= bitsOf(parsed))
  ) {
    return wrong(
      "prefix",
      `Prefix ${prefix} is longer than the ${bitsOf(parsed)} bits of the address ${address}`,
      `use a prefix of 1 to ${bitsOf(parsed)}, such as ${isV6 ? 64 : 24}`,
    );
  }
  if (netmask !== undefined && isV6) {
    return wrong("netmask", `A netmask stands beside the IPv6 address ${address}`, "use prefix");
  }
  if (netmask !== undefined && !isLate(netmask) && !isNetmask(netmask)) {
    return wrong(
      "netmask",
      `"${netmask}" is no netmask: the netmask`,
      "use one such as 255.255.255.0, or prefix",
    );
  }
  if (netmask !== undefined && prefix !== undefined && !isLate(prefix) && (prefix as number) > 0) {
    return wrong(
      "netmask",
      `Both prefix ${prefix} and a netmask are given for ${address}`,
      "remove one of them",
    );
  }
  if ([prefix, netmask, family].some(isLate)) {
    return undetermined("the address of a network is known only at apply");
  }
  return pass;
}

function isNetmask(text: string): boolean {
  return IPv4.isValid(text) && IPv4.parse(text).prefixLengthFromSubnetMask() !== null;
}
