import { IPv4 } from "ipaddr.js";
import type { Planned } from "../../plan/late";
import type { NetworkForwardNat } from "../../provider/network";
import { defineRule, type Failure, networks } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Nat = Literal<Planned<NetworkForwardNat>>;

/** Packets leave with one of some addresses, from one of some ports. */
export const natRangeFits = defineRule({
  code: "VIRT-NWK-105",
  slug: "nat-range-fits",
  severity: "error",
  stage: "define",
  title: "NAT takes one range of IPv4 addresses and one of ports, each from its first to its last",
  why: "Without ranges packets leave with the host's own address. A range has a first and a last address, whose first two numbers are equal, or ports; the kernel's rule that libvirt makes has room for one range of each.",
  fix: "Give one address range with start and end, and one port range up to 65535.",
  sources: [
    "libvirt network_conf.c virNetworkForwardNatDefParseXML, virsocketaddr.c virSocketAddrGetRange",
    "tried: libvirt 9.0.0 refuses two address ranges (Only one <address> element is allowed in <nat>) and two of ports, a range without end (missing 'end' attribute), IPv6 addresses (Bad ipv4 start address), .10 to .4 (reversed), 1.2.3.4 to 1.3.3.4 (too large), and ports 1024 to 1000 (Missing or invalid 'end' attribute)",
  ],
  needs: ["network"],
  on: networks,
  check: ({ config: { forward }, label }) =>
    outcomesOf(forward?.nat as Planned<NetworkForwardNat> | undefined, "the ranges of NAT are", (nat) =>
      faultsOf(nat, label),
    ),
  examples: {
    bad: (plan) => plan.network("lan", { forward: { nat: { ports: [{ start: 65535, end: 1024 }] } } }),
    good: (plan) => plan.network("lan", { forward: { nat: { ports: [{ start: 1024, end: 65535 }] } } }),
  },
});

function* faultsOf({ addresses = [], ports = [] }: Nat, label: string): Iterable<Failure> {
  const wrong = (attribute: string, what: string, fix: string): Failure => ({
    at: `forward.nat.${attribute}`,
    message: `The NAT of network "${label}" ${what}.`,
    fix,
  });
  if (addresses.length > 1) {
    yield wrong("addresses", `has ${addresses.length} ranges of addresses`, "keep one");
  } else if (addresses.length === 1) {
    const { start, end } = addresses[0]!;
    const fix = "give the first and the last IPv4 address, such as 198.51.100.4 to 198.51.100.10";
    const text = `addresses from ${start || "nowhere"} to ${end || "nowhere"}`;
    const [first, last] = [bytesOf(start), bytesOf(end)];
    if (first === undefined || last === undefined) {
      yield wrong(first ? "addresses[0].end" : "addresses[0].start", `has ${text}`, fix);
    } else if (first[0] !== last[0] || first[1] !== last[1]) {
      yield wrong("addresses[0].end", `has ${text}, which are more than 65,536`, fix);
    } else if (first[2]! * 256 + first[3]! > last[2]! * 256 + last[3]!) {
      yield wrong("addresses[0].start", `has ${text}, which run backwards`, fix);
    }
  }
  if (ports.length > 1) yield wrong("ports", `has ${ports.length} ranges of ports`, "keep one");
  else if (ports.length === 1) {
    const { start, end } = ports[0]!;
    const fix = "give the first and the last port, up to 65535";
    if (start === undefined || end === undefined) {
      yield wrong("ports[0]", `has ports without ${start === undefined ? "start" : "end"}`, fix);
    } else if (start > end) {
      yield wrong("ports[0].end", `has ports from ${start} to ${end}, which run backwards`, fix);
    }
  }
}

function bytesOf(address: string | undefined): number[] | undefined {
  return address && IPv4.isValid(address) ? IPv4.parse(address).octets : undefined;
}
