import { defineRule, type Failure } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { type SourceKind, sourceKind } from "./interface-source";
import { type Port, portsHaving, portsOf } from "./ports";

const RATES = ["average", "peak", "burst", "floor"] as const;

/** Traffic is shaped to an average; the rest says how far it may stray. */
export const bandwidthComplete = defineRule({
  code: "VIRT-NET-101",
  slug: "bandwidth-complete",
  severity: "error",
  stage: "define",
  title: "A bandwidth limit needs an average; a floor is for what enters an interface on a network",
  why: "peak and burst say how far traffic may exceed the average. A floor is a share of a network's bandwidth that one of its interfaces is sure of, and only for what goes to the guest: a network itself, its port groups and other kinds of interface have none.",
  fix: "Give average in KiB per second, and floor on an interface whose source is a network alone.",
  sources: [
    "libvirt netdev_bandwidth_conf.c virNetDevBandwidthParse, domain_conf.c virDomainNetDefParseXML",
    "tried: libvirt 9.0.0 refuses a limit without average (Missing mandatory average or floor attributes), peak or burst beside floor alone ('peak' and 'burst' require 'average' attribute), outbound.floor (allowed only in <inbound> element), inbound.floor on a bridge and of a network (floor attribute is not supported for this config), negative numbers (could not convert); it takes 0",
  ],
  needs: ["plan"],
  on: portsHaving("bandwidth"),
  *check(resource) {
    for (const port of portsOf(resource)) {
      const { bandwidth, nic } = port;
      const given = bandwidth && { bandwidth, kind: nic && sourceKind(nic) };
      yield* outcomesOf(given, "a bandwidth limit or what it is for is", (known) =>
        faultsOf(known.bandwidth, known.kind, port),
      );
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", { bandwidth: { inbound: { peak: 5000 } } }),
    good: (plan) => plan.network("lan", { bandwidth: { inbound: { average: 1000, peak: 5000 } } }),
  },
});

function* faultsOf(
  bandwidth: Literal<NonNullable<Port["bandwidth"]>>,
  kind: SourceKind | undefined,
  port: Port,
): Iterable<Failure> {
  for (const direction of ["inbound", "outbound"] as const) {
    const limit = bandwidth[direction];
    if (limit === undefined) continue;
    const at = `${port.at}bandwidth.${direction}`;
    const label = `${port.label} limits ${direction} traffic`;
    const negative = RATES.find((rate) => (limit[rate] ?? 0) < 0);
    if (negative !== undefined) {
      yield {
        at: `${at}.${negative}`,
        message: `${label} to a ${negative} of ${limit[negative]}.`,
        fix: `set ${negative} to KiB per second, or remove it`,
      };
    } else if (limit.average === undefined && (limit.floor === undefined || isBeyond(limit))) {
      const given = RATES.filter((rate) => limit[rate] !== undefined);
      yield {
        at: `${at}.average`,
        message: `${label} without an average${given.length > 0 ? `, by ${given.join(" and ")} alone` : ""}.`,
        fix: `set ${direction}.average to KiB per second, or remove ${direction}`,
      };
    } else if (limit.floor !== undefined && direction === "outbound") {
      yield {
        at: `${at}.floor`,
        message: `${label} by a floor, which is for inbound traffic alone.`,
        fix: "remove it, or set inbound.floor",
      };
    } else if (limit.floor && kind !== "network") {
      yield {
        at: `${at}.floor`,
        message: `${label} by a floor, which only an interface whose source is a network has.`,
        fix: "remove it",
      };
    }
  }
}

/** Whether it says how far the average may be exceeded. */
function isBeyond({ peak, burst }: { readonly peak?: number; readonly burst?: number }): boolean {
  return peak !== undefined || burst !== undefined;
}
