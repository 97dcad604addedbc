import { PlanGuest } from "../../plan/guest";
import type { Planned } from "../../plan/late";
import type { Plan, PlanNetwork } from "../../plan/plan";
import type { DomainDevicesInterfaces } from "../../provider/domain";
import { having, guests as ofGuests, type Subjects } from "../../rule";

type Nic = Planned<DomainDevicesInterfaces>;

/** What guests and networks say alike: how frames go in and out. */
export interface Port extends Pick<Nic, "vlan" | "virtualPort"> {
  /** The attribute before its own: `devices.interfaces[0].`; empty for the network itself. */
  readonly at: string;
  /** What the user calls it: `Interface 1 of "web"`. */
  readonly label: string;
  readonly bandwidth?: Nic["bandwidth"];
  /** Present where a guest's interface is meant. */
  readonly nic?: Nic;
}

/** Networks, and the guests with an interface that sets one of some attributes. */
export function portsHaving(...attributes: readonly string[]): Subjects<PlanGuest | PlanNetwork> {
  const some = having(ofGuests, ...attributes.map((attribute) => `devices.interfaces[].${attribute}`));
  return {
    name: "interfaces of guests, and networks",
    attributes: some.attributes,
    of: (plan: Plan) => [...some.of(plan), ...plan.networks],
  };
}

/** The interfaces of a guest; or a network and its port groups. */
export function* portsOf(resource: PlanGuest | PlanNetwork): Iterable<Port> {
  const { label } = resource;
  if (resource instanceof PlanGuest) {
    for (const [index, nic] of resource.interfaces.entries()) {
      const { vlan, virtualPort, bandwidth } = nic;
      const at = `devices.interfaces[${index}].`;
      yield { vlan, virtualPort, bandwidth, at, label: `Interface ${index + 1} of "${label}"`, nic };
    }
    return;
  }
  const { portGroups = [], vlan, virtualPort, bandwidth } = resource.config;
  yield { vlan, virtualPort, bandwidth, at: "", label: `Network "${label}"` };
  for (const [index, group] of portGroups.entries()) {
    const name = group.name ? `"${group.name}"` : index + 1;
    const at = `portGroups[${index}].`;
    const own = `Port group ${name} of network "${label}"`;
    yield { vlan: group.vlan, virtualPort: group.virtualPort, at, label: own };
  }
}
