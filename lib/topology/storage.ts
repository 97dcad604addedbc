import { diskDevice, type PlanGuest } from "../plan/guest";
import type { PlanHost } from "../plan/host";
import { isLate, known, type Planned } from "../plan/late";
import { groupBy, type Plan } from "../plan/plan";
import { type PlanVolume, PlanVolume as Volume, volumeOfDisk } from "../plan/storage";
import { formatKiB, toKiB } from "../plan/units";
import type { DomainDevicesDisks } from "../provider/domain";
import { shown } from "./shown";
import type { TopologyLink, TopologyPool, TopologyVolume } from "./topology";

/** More that no guest in the picture has are not drawn. */
const MOST_UNUSED = 12;
/** A chain that is longer has a circle, or nobody reads it. */
const LONGEST_CHAIN = 8;

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };

interface Group extends Growing<TopologyPool> {
  readonly volumes: TopologyVolume[];
}

/** The volumes that disks of a host's guests are, what these are overlays of, and the pools that they lie in. */
export class Storage {
  readonly links: TopologyLink[] = [];
  private readonly groups = new Map<string, Group>();
  private readonly byKey = new Map<string, Growing<TopologyVolume>>();

  constructor(
    private readonly plan: Plan,
    private readonly host: PlanHost,
    private readonly prefix: string,
  ) {}

  get pools(): readonly TopologyPool[] {
    this.findDepths();
    // What lies in no pool comes last.
    return [...this.groups.values()].sort((a, b) => Number(b.isPool) - Number(a.isPool));
  }

  /** The node of a disk's image; undefined for a drive without one. */
  of(guest: PlanGuest, disk: Planned<DomainDevicesDisks>): string | undefined {
    const volume = volumeOfDisk(this.plan, guest, disk);
    if (volume) return this.volume(volume).id;
    const { source } = disk;
    if (!source) return undefined;
    const pool = known(source.volume?.pool);
    const kind = diskDevice(disk) === "disk" ? [] : [shown(diskDevice(disk))];
    if (source.volume?.volume !== undefined && pool !== undefined) {
      return this.node(source.volume.volume, ["not of this plan", ...kind], pool).id;
    }
    const { protocol = "network", name } = source.network ?? {};
    const label =
      source.file?.file ?? source.block?.dev ?? (source.network ? `${protocol}: ${name ?? ""}` : undefined);
    return label === undefined ? undefined : this.node(label, kind).id;
  }

  /** Pools and volumes of the plan that no guest in the picture has; some, when guests are not drawn. */
  addUnused(guestsDrawn: number | undefined): void {
    for (const pool of this.plan.pools) if (pool.host === this.host) this.pool(pool.label);
    if (guestsDrawn !== undefined) return;
    const volumes = this.plan
      .index("volumes drawn by host", () => groupBy(this.plan.volumes, (volume) => volume.host))
      .get(this.host);
    const unused = (volumes ?? []).filter((volume) => !this.byKey.has(keyOf(volume)));
    for (const volume of unused.slice(0, MOST_UNUSED)) this.volume(volume);
  }

  private volume(volume: PlanVolume, above = 0): TopologyVolume {
    const { name, pool, capacity, capacityUnit, target, backingStore } = volume.config;
    const there = this.byKey.get(keyOf(volume));
    if (there) return there;
    const size = known(toKiB(capacity, capacityUnit, "bytes"));
    const details = [
      ...(known(target?.format?.type) === undefined ? [] : [shown(target!.format!.type)]),
      ...(size === undefined ? [] : [formatKiB(size)]),
      ...(volume.repeated ? [`× ${known(volume.multiplicity) ?? "?"}`] : []),
    ];
    const label = known(name) ?? volume.label;
    const node = this.node(label, details, known(pool) ?? "known only at apply", keyOf(volume));
    const below = backingStore?.path;
    if (below !== undefined && above < LONGEST_CHAIN) {
      const target = this.below(volume, below);
      const to = target ? this.volume(target, above + 1) : this.node(below, []);
      if (to.id !== node.id) this.links.push({ kind: "backing", from: node.id, to: to.id });
    }
    return node;
  }

  private below(volume: PlanVolume, path: string): PlanVolume | undefined {
    const target = this.plan.referenced(volume, path);
    if (target instanceof Volume) return target;
    return isLate(path) ? undefined : this.plan.volumeByPath(volume.host, path);
  }

  private node(
    label: string,
    details: readonly string[],
    pool?: string,
    key = `${pool ?? ""}\n${label}`,
  ): TopologyVolume {
    const there = this.byKey.get(key);
    if (there) return there;
    const node = {
      id: `${this.prefix}v${this.byKey.size}`,
      label: isLate(label) ? "known only at apply" : shown(label),
      details,
      depth: 0,
    };
    this.byKey.set(key, node);
    this.pool(pool).volumes.push(node);
    return node;
  }

  /** An image that is one guest's disk may lie below another's. */
  private findDepths(): void {
    const nodes = new Map([...this.byKey.values()].map((node) => [node.id, node]));
    for (let round = 0; round < LONGEST_CHAIN; round++) {
      for (const { from, to } of this.links) {
        const below = nodes.get(to)!;
        below.depth = Math.min(LONGEST_CHAIN, Math.max(below.depth, nodes.get(from)!.depth + 1));
      }
    }
  }

  private pool(name: string | undefined): Group {
    const key = name ?? "";
    let group = this.groups.get(key);
    if (!group) {
      const folder = name === undefined ? undefined : this.plan.folderOf(this.host, name);
      group = {
        id: `${this.prefix}p${this.groups.size}`,
        label: name === undefined ? "in no pool" : shown(name),
        details: folder === undefined ? [] : [shown(folder)],
        isPool: name !== undefined,
        volumes: [],
      };
      this.groups.set(key, group);
    }
    return group;
  }
}

function keyOf({ unit, address }: PlanVolume): string {
  return `plan ${unit}/${address}`;
}
