import { isValid, parse } from "ipaddr.js";
import { isLate } from "../../plan/late";
import { defineRule, networks, type Outcome, pass, undetermined } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** libvirt keeps a network's address as a number, and writes it in its own way. */
export const addressIsCanonical = defineRule({
  code: "VIRT-PRV-042",
  slug: "address-is-canonical",
  severity: "error",
  stage: "apply",
  title: "The address of a network must be written as libvirt writes it",
  why: WHY,
  fix: "Write IPv6 in lower case, without leading zeros and with the longest run of zeros as ::, and IPv4 without leading zeros.",
  sources: [
    `${MEASURED}: fd00:ab:0:0::1 comes back as fd00:ab::1, FD00:AC::1 as fd00:ac::1, fd00:00ad::0001 as fd00:ad::1, and 10.99.041.1 as 10.99.33.1: a leading zero is octal; fd00:aa::1 is clean`,
  ],
  needs: ["network"],
  on: networks,
  *check(network): Iterable<Outcome> {
    for (const [index, { address }] of (network.config.ips ?? []).entries()) {
      if (isLate(address)) yield undetermined("the address of a network is known only at apply");
      // What is no address is another rule's; an IPv4 address within IPv6 keeps its dots.
      else if (address !== undefined && isValid(address) && !/:.*\./.test(address)) {
        const canonical = parse(address).toString();
        const at = `ips[${index}].address`;
        yield address === canonical
          ? pass
          : readBack(network, at, address, `as "${canonical}"`, `write it as "${canonical}"`);
      }
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", { ips: [{ family: "ipv6", address: "FD00:AC::1", prefix: 64 }] }),
    good: (plan) => plan.network("lan", { ips: [{ family: "ipv6", address: "fd00:ac::1", prefix: 64 }] }),
  },
});
