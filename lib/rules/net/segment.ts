import type { PlanGuest } from "../../plan/guest";
import { containsLate, isLate, known, type Planned } from "../../plan/late";
import { type Plan, PlanNetwork } from "../../plan/plan";
import type { DomainDevicesInterfaces } from "../../provider/domain";

/** A layer-2 segment of a host. */
export interface Segment {
  /** Equal for two interfaces of a host exactly when their frames meet. */
  readonly key: string;
  /** What the user calls it: `network lan`, `bridge br0`. */
  readonly label: string;
}

/** The segment that an interface is on: undefined when only apply knows it, null when guests cannot share it. */
export function segmentOf(
  plan: Plan,
  guest: PlanGuest,
  { source, vlan }: Planned<DomainDevicesInterfaces>,
): Segment | null | undefined {
  if (isLate(source) || containsLate(vlan)) return undefined;
  const { bridge, direct, network } = source ?? {};
  const portGroup = network?.portGroup;
  if (isLate(portGroup)) return undefined;
  // Open vSwitch keeps tagged frames apart on one bridge.
  const suffix = [
    ...(portGroup === undefined ? [] : [` group ${portGroup}`]),
    ...(vlan?.tags ?? []).map(({ id }) => ` tag ${id}`),
  ].join("");
  const segment = (key: string, label = key) => ({ key: key + suffix, label: label + suffix });

  if (bridge !== undefined) return isLate(bridge.bridge) ? undefined : segment(`bridge ${bridge.bridge}`);
  if (direct?.dev !== undefined) return isLate(direct.dev) ? undefined : segment(`device ${direct.dev}`);
  if (network?.network === undefined) return null;
  const target = plan.referenced(guest, network.network);
  const planned = target instanceof PlanNetwork ? target : plan.networksNamed(guest.host, network.network)[0];
  const name = known(planned?.config.name) ?? known(network.network) ?? planned?.address;
  if (name === undefined) return undefined;
  // A network is its bridge where that is known, so that it meets interfaces that name the bridge.
  const own = planned ? planned.config.bridge?.name : guest.host.facts?.network(name)?.bridge;
  return segment(own === undefined || isLate(own) ? `network ${name}` : `bridge ${own}`, `network ${name}`);
}
