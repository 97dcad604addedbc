import type { PlanGuest } from "../plan/guest";
import type { PlanHost } from "../plan/host";
import { isLate, type Planned } from "../plan/late";
import { type Plan, PlanNetwork } from "../plan/plan";
import type { DomainDevicesInterfaces } from "../provider/domain";
import { subnetsOf, subnetText } from "../rules/nwk/subnets";
import { shown } from "./shown";
import type { TopologyNetwork } from "./topology";

type Kind = TopologyNetwork["kind"];

/** More that no guest in the picture is on are not drawn. */
const MOST = 40;

/** What the network cards of a host's guests are on. */
export class Networks {
  readonly nodes: TopologyNetwork[] = [];
  private readonly byKey = new Map<string, TopologyNetwork>();

  constructor(
    private readonly plan: Plan,
    private readonly host: PlanHost,
    private readonly prefix: string,
  ) {}

  /** The node that a card is on; undefined for a card on nothing. */
  of(guest: PlanGuest, { source }: Planned<DomainDevicesInterfaces>): string | undefined {
    if (!source) return undefined;
    const { network, bridge, direct, hostdev, user, ethernet, vdpa } = source;
    if (network?.network !== undefined) return this.network(guest, network.network).id;
    if (bridge?.bridge !== undefined) return this.node("bridge", bridge.bridge, ["bridge of the host"]).id;
    if (direct?.dev !== undefined) return this.node("device", direct.dev, ["macvtap of the host"]).id;
    if (hostdev) return this.node("device", "PCI device", ["passed through"]).id;
    if (vdpa?.device !== undefined) return this.node("device", vdpa.device, ["vDPA"]).id;
    if (user) return this.node("device", "user network", ["by QEMU alone"]).id;
    return ethernet ? this.node("device", "tap device", []).id : undefined;
  }

  /** Networks of the plan that no guest in the picture is on. */
  addUnused(): void {
    for (const network of this.plan.networksOn(this.host)) {
      if (this.nodes.length >= MOST) return;
      this.ofPlan(network);
    }
  }

  private network(guest: PlanGuest, name: string): TopologyNetwork {
    const target = this.plan.referenced(guest, name);
    if (target instanceof PlanNetwork) return this.ofPlan(target);
    const [named] = isLate(name) ? [] : this.plan.networksNamed(this.host, name);
    if (named) return this.ofPlan(named);
    const facts = this.host.facts?.data.networks?.find((each) => each.name === name);
    return this.node("network", name, facts?.cidrs?.length ? facts.cidrs.map(shown) : ["not of this plan"]);
  }

  private ofPlan(network: PlanNetwork): TopologyNetwork {
    const { forward, bridge } = network.config;
    const mode = forward?.mode ?? (forward ? "nat" : "isolated");
    const cidrs = subnetsOf(network).subnets.map(subnetText);
    const details = [
      ...(cidrs.length > 0 ? [cidrs.slice(0, 2).join(", ")] : []),
      shown(isLate(mode) ? "mode known at apply" : mode),
      ...(mode === "bridge" && bridge?.name !== undefined && !isLate(bridge.name)
        ? [shown(bridge.name)]
        : []),
    ];
    return this.node("network", network.label, details, `${network.unit}/${network.address}`);
  }

  private node(kind: Kind, label: string, details: readonly string[], key = label): TopologyNetwork {
    const at = `${kind} ${key}`;
    const there = this.byKey.get(at);
    if (there) return there;
    const text = isLate(label) ? "known only at apply" : shown(label);
    const node = { id: `${this.prefix}n${this.nodes.length}`, kind, label: text, details };
    this.byKey.set(at, node);
    this.nodes.push(node);
    return node;
  }
}
