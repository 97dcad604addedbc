import { IPv4, IPv6, isValid, parse } from "ipaddr.js";
import type { PlanGuest } from "../../plan/guest";
import type { Planned } from "../../plan/late";
import { PlanNetwork } from "../../plan/plan";
import type { NetworkIps, NetworkRoutes } from "../../provider/network";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { bitsOf, relation, type Subnet, subnetOf, subnetText } from "./subnets";

type Route = Literal<Planned<NetworkRoutes>>;

interface Listed {
  /** `routes[0]`. */
  readonly at: string;
  readonly owner: string;
  readonly route: Planned<NetworkRoutes>;
  /** The address blocks of a network, in one of which the gateway must be. */
  readonly blocks?: readonly Planned<NetworkIps>[];
}

const withRoutes = having(guests, "devices.interfaces[].route", "devices.interfaces[].source.ethernet.route");

/** A route leads to a whole network by way of a neighbour. */
export const routeIsValid = defineRule({
  code: "VIRT-NWK-100",
  slug: "route-is-valid",
  severity: "error",
  stage: "define",
  title: "A static route must lead to a network address, by a gateway of its family that is within reach",
  why: "The destination of a route is a network: the bits behind its prefix are 0. Without prefix and netmask it has no bits at all, so that 0.0.0.0 alone is a destination. The gateway is an address of the same family, and for a network one in a subnet of its own.",
  fix: "Write the destination's network address with its prefix, and a gateway in one of the network's subnets.",
  sources: [
    "libvirt networkcommon_conf.c virNetDevIPRouteCreate, network_conf.c virNetworkDefParseXML",
    "tried: libvirt 9.0.0 refuses 10.30.0.1/24 and 10.30.0.0 without prefix (is not a network address), prefix and netmask together, prefix 33, metric 0, no gateway, a gateway of the other family, IPv6 without family ipv6, and in a network a gateway outside its subnets (unreachable static route gateway)",
  ],
  needs: ["plan"],
  on: {
    name: "interfaces of guests, and networks",
    attributes: withRoutes.attributes,
    of: (plan) => [...withRoutes.of(plan), ...plan.networks],
  },
  *check(resource: PlanGuest | PlanNetwork) {
    for (const listed of routesOf(resource)) {
      const { route, blocks = [] } = listed;
      const given = {
        route,
        blocks: blocks.map(({ address, prefix, netmask }) => ({ address, prefix, netmask })),
      };
      yield* outcomesOf(given, "a route or the subnet of its gateway is", (known) =>
        faultsOf(known.route, listed, known.blocks),
      );
    }
  },
  examples: {
    bad: (plan) =>
      plan.network("lan", { routes: [{ address: "10.30.0.1", prefix: 24, gateway: "10.20.0.9" }] }),
    good: (plan) =>
      plan.network("lan", { routes: [{ address: "10.30.0.0", prefix: 24, gateway: "10.20.0.9" }] }),
  },
});

function* routesOf(resource: PlanGuest | PlanNetwork): Iterable<Listed> {
  if (resource instanceof PlanNetwork) {
    const { routes = [], ips = [] } = resource.config;
    for (const [index, route] of routes.entries()) {
      yield { at: `routes[${index}]`, owner: `network "${resource.label}"`, route, blocks: ips };
    }
    return;
  }
  for (const [index, nic] of resource.interfaces.entries()) {
    const owner = `interface ${index + 1} of "${resource.label}"`;
    for (const [place, routes] of [
      ["route", nic.route],
      ["source.ethernet.route", nic.source?.ethernet?.route],
    ] as const) {
      for (const [number, route] of (routes ?? []).entries()) {
        const listed = route as unknown as Planned<NetworkRoutes>;
        yield { at: `devices.interfaces[${index}].${place}[${number}]`, owner, route: listed };
      }
    }
  }
}

function* faultsOf(
  route: Route,
  { at, owner, blocks }: Listed,
  subnets: readonly Block[],
): Iterable<Failure> {
  const { address, gateway, prefix, netmask, metric } = route;
  const wrong = (attribute: keyof Route, what: string, fix: string): Failure => ({
    at: `${at}.${attribute}`,
    message: `The route to ${address || "nowhere"} of ${owner} ${what}.`,
    fix,
  });
  if (!address || !isValid(address)) {
    return yield wrong("address", "has no address as its destination", "write it as in 10.30.0.0");
  }
  if (!gateway || !isValid(gateway)) {
    const what = gateway ? `has the gateway "${gateway}", which is no address` : "has no gateway";
    return yield wrong("gateway", what, "give the address of the router that leads there");
  }
  const [to, by] = [parse(address), parse(gateway)];
  const family = route.family || "ipv4";
  if (to.kind() !== family || by.kind() !== family) {
    const other = [to, by].find((each) => each.kind() !== family)!;
    return yield wrong(
      "family",
      `is of family ${family}${route.family ? "" : ", as none is stated"}, and ${other.toString()} is not`,
      `use addresses of one family, and set family to "${to.kind()}"`,
    );
  }
  if (netmask && (family === "ipv6" || !IPv4.isValid(netmask))) {
    const what = family === "ipv6" ? "has a netmask, which IPv6 has not" : `has the netmask "${netmask}"`;
    return yield wrong("netmask", what, "use prefix");
  }
  if (netmask && prefix) {
    return yield wrong("netmask", `has both prefix ${prefix} and a netmask`, "remove one of them");
  }
  if (prefix !== undefined && (prefix < 0 || prefix > bitsOf(to))) {
    return yield wrong("prefix", `has prefix ${prefix}; it has 0 to ${bitsOf(to)} bits`, "correct prefix");
  }
  if (metric !== undefined && metric !== "" && !isMetric(metric)) {
    yield wrong("metric", `has the metric ${metric}`, "use a whole number from 1 on, or remove it");
  }
  const destination = networkOf(to, prefix, netmask);
  if (destination !== to.toString()) {
    const bits = netmask ? `netmask ${netmask}` : prefix ? `prefix ${prefix}` : "no prefix";
    yield wrong(
      "address",
      `has ${bits}, of which the network address is ${destination}`,
      prefix || netmask ? `write ${destination}` : "give the prefix of the destination",
    );
  }
  if (blocks !== undefined) yield* unreachable(by, subnets, wrong);
}

type Block = Pick<Literal<Planned<NetworkIps>>, "address" | "prefix" | "netmask">;

function* unreachable(
  gateway: IPv4 | IPv6,
  blocks: readonly Block[],
  wrong: (attribute: keyof Route, what: string, fix: string) => Failure,
): Iterable<Failure> {
  const subnets = blocks
    .map((block) => subnetOf(block as Planned<NetworkIps>))
    .filter((subnet): subnet is Subnet => typeof subnet === "object");
  // What is wrong with an address block is another rule's matter.
  if (subnets.length < blocks.length) return;
  if (subnets.some((subnet) => relation(subnet, { ...subnet, address: gateway }) !== "apart")) return;
  const texts = subnets.map(subnetText).join(", ");
  yield wrong(
    "gateway",
    `has the gateway ${gateway.toString()}, which is in no subnet of the network${texts && ` (${texts})`}`,
    "name a router of the network as the gateway",
  );
}

function isMetric(metric: string | number): boolean {
  return /^\s*\d+$/.test(String(metric)) && Number(metric) >= 1 && Number(metric) < 2 ** 32;
}

/** The address without the bits behind its prefix or netmask, none of which are its own without either. */
function networkOf(address: IPv4 | IPv6, prefix: number | undefined, netmask: string | undefined): string {
  const bytes = address.toByteArray();
  const mask = netmask ? IPv4.parse(netmask).toByteArray() : maskOf(prefix ?? 0, bytes.length);
  const masked = bytes.map((byte, index) => byte & mask[index]!);
  return (address instanceof IPv4 ? new IPv4(masked) : new IPv6(masked)).toString();
}

function maskOf(prefix: number, length: number): number[] {
  return Array.from({ length }, (_, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return 256 - 2 ** (8 - bits);
  });
}
