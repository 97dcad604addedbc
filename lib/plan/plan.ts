import type { NetworkConfig } from "../provider/network";
import type { PlanAcknowledgement } from "./acknowledgement";
import { today as presentDay } from "./day";
import { PlanGuest } from "./guest";
import type { PlanHost } from "./host";
import { isLate, known, type Planned } from "./late";
import { type Removal, withoutKeys } from "./life-cycle";
import { PlanResource } from "./resource";
import { PlanPool, PlanVolume } from "./storage";

export class PlanNetwork extends PlanResource<Planned<NetworkConfig>> {}

/**
 * Everything that will be asked of the hosts, in the provider's vocabulary, with the indexes that rules need.
 * Immutable; each index is built once, at first use.
 */
export class Plan {
  readonly guests: readonly PlanGuest[];
  readonly networks: readonly PlanNetwork[];
  readonly pools: readonly PlanPool[];
  readonly volumes: readonly PlanVolume[];
  private readonly memo = new Map<string, unknown>();

  constructor(
    readonly hosts: readonly PlanHost[],
    readonly resources: readonly PlanResource<unknown>[],
    /** What somebody has accepted: those of a scope before those within it. */
    readonly acknowledgements: readonly PlanAcknowledgement[] = [],
    /** The day on which the plan is looked at, `2026-11-25`. */
    readonly today: string = presentDay(),
    private readonly removals: readonly Removal[] = [],
  ) {
    this.guests = resources.filter((resource) => resource instanceof PlanGuest);
    this.networks = resources.filter((resource) => resource instanceof PlanNetwork);
    this.pools = resources.filter((resource) => resource instanceof PlanPool);
    this.volumes = resources.filter((resource) => resource instanceof PlanVolume);
  }

  guestsOn(host: PlanHost): readonly PlanGuest[] {
    return this.index("guests by host", () => groupBy(this.guests, (guest) => guest.host)).get(host) ?? [];
  }

  networksOn(host: PlanHost): readonly PlanNetwork[] {
    return (
      this.index("networks by host", () => groupBy(this.networks, (network) => network.host)).get(host) ?? []
    );
  }

  /** The host that a construct of the program stands for. */
  hostAt(constructPath: string): PlanHost | undefined {
    return this.index("hosts by construct", () => {
      const paths = this.hosts.flatMap((host) =>
        host.providers.map((provider) => [provider.constructPath, host] as const),
      );
      return new Map(paths);
    }).get(constructPath);
  }

  /** The networks of the plan with this libvirt name on the host. */
  networksNamed(host: PlanHost, name: string): readonly PlanNetwork[] {
    return this.byHostAndName("networks", this.networks).get(host)?.get(name) ?? [];
  }

  /** The guests of the plan with this libvirt name on the host. */
  guestsNamed(host: PlanHost, name: string): readonly PlanGuest[] {
    return this.byHostAndName("guests", this.guests).get(host)?.get(name) ?? [];
  }

  poolNamed(host: PlanHost, name: string): PlanPool | undefined {
    return this.byHostAndName("pools", this.pools).get(host)?.get(name)?.[0] as PlanPool | undefined;
  }

  volumeByName(host: PlanHost, pool: string, volume: string): PlanVolume | undefined {
    const index = this.index("volumes by pool and name", () => {
      const pools = groupBy(this.volumes, (each) => known(each.config.pool));
      return new Map(
        [...pools].map(([name, own]) => [name, groupBy(own, (each) => known(each.config.name))]),
      );
    });
    return index
      .get(pool)
      ?.get(volume)
      ?.find((each) => each.host === host);
  }

  /** The volume of the plan that will lie at this path, where its pool's folder is known. */
  volumeByPath(host: PlanHost, path: string): PlanVolume | undefined {
    const index = this.index("volumes by path", () => groupBy(this.volumes, (volume) => this.pathOf(volume)));
    return index.get(path)?.find((each) => each.host === host);
  }

  /** The path of a volume, where its name and its pool's folder are known. */
  pathOf(volume: PlanVolume): string | undefined {
    const [name, poolName] = [known(volume.config.name), known(volume.config.pool)];
    if (name === undefined || poolName === undefined) return undefined;
    const folder = this.folderOf(volume.host, poolName);
    return folder === undefined ? undefined : `${folder}/${name}`;
  }

  /** The folder of a pool, from the plan or from the host's facts. */
  folderOf(host: PlanHost, poolName: string): string | undefined {
    const pool = this.poolNamed(host, poolName);
    const folder = pool
      ? known(pool.config.target?.path)
      : host.facts?.data.pools?.find((each) => each.name === poolName)?.path;
    return folder?.replace(/\/$/, "");
  }

  /** The resource that an expression in the configuration of `from` points at, if it is one of this plan. */
  referenced(from: PlanResource<unknown>, expression: string): PlanResource<unknown> | undefined {
    const target = from.references.get(expression)?.resource;
    return target && this.resourceAt(target.unit, target.address);
  }

  resourceAt(unit: string, address: string): PlanResource<unknown> | undefined {
    return this.resourcesByAddress.get(unit)?.get(address)?.[0];
  }

  /** By unit and Terraform address; several of one address are a mistake. */
  get resourcesByAddress(): ReadonlyMap<string, ReadonlyMap<string, readonly PlanResource<unknown>[]>> {
    return this.index("resources by address", () => {
      const units = groupBy(this.resources, ({ unit }) => unit);
      return new Map([...units].map(([unit, own]) => [unit, groupBy(own, ({ address }) => address)]));
    });
  }

  /** The hosts of the plan whose facts show that they offer this os type with this virtualization type. */
  hostsOffering(osType: string, arch: string, virtType: string): readonly PlanHost[] {
    return this.hosts.filter((host) => host.facts?.offersDomainType(osType, arch, virtType) === true);
  }

  /** Whether another resource removes the guest with virsh before the provider is asked to. */
  isRemovedByVirsh({ intent, unit, address }: PlanGuest): boolean {
    if (intent?.removedByVirsh !== undefined) return intent.removedByVirsh;
    const key = (removal: Removal) => `${removal.unit}\n${removal.address}`;
    const removed = this.index("guests that virsh removes", () => new Set(this.removals.map(key)));
    return removed.has(key({ unit, address: withoutKeys(address) }));
  }

  /** A value computed once for this plan, for indexes that only one rule needs. */
  index<T>(name: string, build: () => T): T {
    if (!this.memo.has(name)) this.memo.set(name, build());
    return this.memo.get(name) as T;
  }

  private byHostAndName<R extends PlanResource<{ readonly name: string }>>(
    kind: string,
    resources: readonly R[],
  ): Map<PlanHost, Map<string, R[]>> {
    return this.index(`${kind} by host and name`, () => {
      const hosts = new Map<PlanHost, Map<string, R[]>>();
      for (const [host, group] of groupBy(resources, (resource) => resource.host)) {
        hosts.set(
          host,
          groupBy(group, (resource) => known(resource.config.name)),
        );
      }
      return hosts;
    });
  }
}

/** Groups by key, in order; what has no key (undefined or late) is in no group. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const itemKey = key(item);
    if (itemKey === undefined || isLate(itemKey)) continue;
    const group = groups.get(itemKey);
    if (group) group.push(item);
    else groups.set(itemKey, [item]);
  }
  return groups;
}
