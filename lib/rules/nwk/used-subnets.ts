import type { HostFacts } from "../../host-facts";
import { type Subnet, subnetOfCidr } from "./subnets";

/** A subnet that the host has in use already. */
export interface UsedSubnet extends Subnet {
  /** What uses it, for messages. */
  readonly by: string;
  /** The interface that it is on, where that is known. */
  readonly device?: string;
}

/** What the host routes, holds on its interfaces and gives to its active networks. */
export function usedBy(facts: HostFacts | undefined): UsedSubnet[] {
  const { networks = [], interfaces = [], routes = [] } = facts?.data ?? {};
  const found: { cidr: string; by: string; device?: string }[] = [
    ...networks
      .filter((network) => network.active)
      .flatMap(({ name, bridge, cidrs = [] }) =>
        cidrs.map((cidr) => ({ cidr, by: `network "${name}"`, device: bridge })),
      ),
    ...interfaces
      .filter((each) => each.active !== false && each.name !== "lo")
      .flatMap(({ name, cidrs = [] }) =>
        cidrs.map((cidr) => ({ cidr, by: `interface ${name}`, device: name })),
      ),
    ...routes.map((cidr) => ({ cidr, by: `a route to ${cidr}` })),
  ];
  return found.flatMap(({ cidr, ...rest }) => {
    const subnet = subnetOfCidr(cidr);
    return subnet ? [{ ...subnet, ...rest }] : [];
  });
}
