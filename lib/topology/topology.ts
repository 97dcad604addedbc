import type { PlanGuest } from "../plan/guest";
import type { PlanHost } from "../plan/host";
import { isLate, known } from "../plan/late";
import type { Plan } from "../plan/plan";
import { plural } from "../plan/plural";
import { formatKiB } from "../plan/units";
import { Networks } from "./networks";
import { shown } from "./shown";
import { Storage } from "./storage";

/** Hosts, what is on them and how it hangs together, bounded so that a picture of it can be read. */
export interface Topology {
  readonly hosts: readonly TopologyHost[];
  /** What the picture leaves out, in sentences. */
  readonly leftOut: readonly string[];
}

/** Something that a picture has a shape for. Every text is one line, without passwords. */
export interface TopologyNode {
  /** A word that is unique in the topology, and the same in the next run. */
  readonly id: string;
  readonly label: string;
  /** What else is worth knowing, the most important first. */
  readonly details: readonly string[];
}

export interface TopologyHost extends TopologyNode {
  readonly networks: readonly TopologyNetwork[];
  readonly guests: readonly TopologyGuest[];
  /** Guests that are counted and not drawn. */
  readonly more?: TopologyNode;
  readonly pools: readonly TopologyPool[];
  readonly links: readonly TopologyLink[];
}

export interface TopologyGuest extends TopologyNode {
  /** How it runs; undefined when that is not known. */
  readonly kind?: "KVM" | "TCG" | "PV" | "PVH" | "HVM";
}

export interface TopologyNetwork extends TopologyNode {
  /** A libvirt network, a bridge or device of the host, or anything else that a card is on. */
  readonly kind: "network" | "bridge" | "device";
}

export interface TopologyPool extends TopologyNode {
  /** False for what lies in no pool, which is drawn without one. */
  readonly isPool: boolean;
  readonly volumes: readonly TopologyVolume[];
}

export interface TopologyVolume extends TopologyNode {
  /** How many images stand between it and a guest: 0 for a disk, 1 for what that is an overlay of. */
  readonly depth: number;
}

export interface TopologyLink {
  readonly kind: "nic" | "disk" | "backing";
  readonly from: string;
  readonly to: string;
}

export interface TopologyOptions {
  /** Guests that are drawn of each host. @default - as many as can be read: up to 20, fewer on many hosts */
  readonly guestsPerHost?: number;
}

/** A picture with more is a wall. */
const MOST_HOSTS = 30;
const MOST_GUESTS = 90;

/** The topology of a plan. */
export function topologyOf(plan: Plan, { guestsPerHost }: TopologyOptions = {}): Topology {
  // A provider configuration that nobody uses is no host that one would look for.
  const used = plan.hosts.filter((host) => plan.guestsOn(host).length > 0 || hasResources(plan, host));
  const drawn = used.slice(0, MOST_HOSTS);
  const most =
    guestsPerHost ?? Math.min(20, Math.max(3, Math.floor(MOST_GUESTS / Math.max(1, drawn.length))));
  const hosts = drawn.map((host, index) => hostOf(plan, host, `h${index}`, most));
  const away = used.slice(MOST_HOSTS);
  const hidden = drawn.reduce((sum, host) => sum + Math.max(0, plan.guestsOn(host).length - most), 0);
  return {
    hosts,
    leftOut: [
      ...(hidden > 0
        ? [`${plural(hidden, "guest")} counted and not drawn: the picture has up to ${most} of each host`]
        : []),
      ...(away.length > 0
        ? [
            `${plural(away.length, "host")} not drawn, with ${plural(
              away.reduce((sum, host) => sum + plan.guestsOn(host).length, 0),
              "guest",
            )}`,
          ]
        : []),
    ],
  };
}

function hasResources(plan: Plan, host: PlanHost): boolean {
  return plan
    .index("hosts with resources", () => new Set(plan.resources.map((resource) => resource.host)))
    .has(host);
}

function hostOf(plan: Plan, host: PlanHost, id: string, most: number): TopologyHost {
  const all = plan.guestsOn(host);
  const drawn = all.slice(0, most);
  const networks = new Networks(plan, host, id);
  const storage = new Storage(plan, host, id);
  const links: TopologyLink[] = [];
  const guests = drawn.map((guest, index) => {
    const from = `${id}g${index}`;
    const link = (kind: TopologyLink["kind"], to: string | undefined) => {
      if (to !== undefined && !links.some((each) => each.from === from && each.to === to)) {
        links.push({ kind, from, to });
      }
    };
    for (const nic of guest.interfaces) link("nic", networks.of(guest, nic));
    for (const disk of guest.disks) link("disk", storage.of(guest, disk));
    return guestOf(guest, from);
  });
  const rest = all.slice(most);
  networks.addUnused();
  storage.addUnused(rest.length > 0 ? most : undefined);
  return {
    id,
    label: shown(host.label),
    details: [
      host.hypervisor === undefined ? undefined : host.hypervisor === "xen" ? "Xen" : "KVM",
      host.uri === undefined ? undefined : shown(host.uri),
      plural(total(all), "guest"),
    ].filter((text) => text !== undefined),
    networks: networks.nodes,
    guests,
    ...(rest.length > 0 && { more: moreOf(rest, `${id}more`) }),
    pools: storage.pools,
    links: [...links, ...storage.links],
  };
}

const KINDS = { kvm: "KVM", tcg: "TCG", "xen-pv": "PV", "xen-pvh": "PVH", "xen-hvm": "HVM" } as const;

function guestOf(guest: PlanGuest, id: string): TopologyGuest {
  return {
    id,
    label: shown(guest.label) + times(guest.multiplicity),
    ...(guest.mode && { kind: KINDS[guest.mode] }),
    details: [sizeOf(guest), ...(guest.os ? [shown(guest.os.name)] : [])],
  };
}

/** `2 vCPU, 4 GiB` */
function sizeOf({ vcpus, memoryKiB }: PlanGuest): string {
  const memory = known(memoryKiB);
  return `${known(vcpus) ?? "?"} vCPU, ${memory === undefined ? "? GiB" : formatKiB(memory)}`;
}

function moreOf(guests: readonly PlanGuest[], id: string): TopologyNode {
  let [vcpus, memory] = [0, 0];
  for (const guest of guests) {
    const each = known(guest.multiplicity) ?? 1;
    vcpus += each * (known(guest.vcpus) ?? 0);
    memory += each * (known(guest.memoryKiB) ?? 0);
  }
  return {
    id,
    label: `${plural(total(guests), "more guest")}`,
    details: [`${vcpus} vCPU, ${formatKiB(memory)}`],
  };
}

function total(guests: readonly PlanGuest[]): number {
  return guests.reduce((sum, { multiplicity }) => sum + (known(multiplicity) ?? 1), 0);
}

/** ` × 3`, for a resource with count or for_each. */
function times(multiplicity: number | string): string {
  return multiplicity === 1 ? "" : ` × ${isLate(multiplicity) ? "?" : multiplicity}`;
}
