import type { DomainDevicesDisks } from "../provider/domain";
import type { PoolConfig } from "../provider/pool";
import type { VolumeConfig } from "../provider/volume";
import type { PlanGuest } from "./guest";
import { isLate, known, type Planned } from "./late";
import type { Plan } from "./plan";
import { PlanResource } from "./resource";

export class PlanPool extends PlanResource<Planned<PoolConfig>> {}

export class PlanVolume extends PlanResource<Planned<VolumeConfig>> {}

/**
 * What a disk's image is, in a form that is equal for two disks exactly when they name one image: the volume's
 * resource where the plan makes it, else a path, else pool and volume name. Undefined when there is no source, it
 * is not on this host (network disks), or it is late and no volume of the plan.
 */
export function imageKey(
  plan: Plan,
  guest: PlanGuest,
  disk: Planned<DomainDevicesDisks>,
): string | undefined {
  const volume = volumeOfDisk(plan, guest, disk);
  if (volume) return `${volume.unit}/${volume.address}`;
  const path = disk.source?.file?.file ?? disk.source?.block?.dev;
  if (path !== undefined) return known(path);
  const pool = known(disk.source?.volume?.pool);
  const name = known(disk.source?.volume?.volume);
  if (pool === undefined || name === undefined) return undefined;
  const folder = plan.folderOf(guest.host, pool);
  return folder === undefined ? `${pool}/${name}` : `${folder}/${name}`;
}

/** The volume of the plan that a disk uses: by reference, by pool and name, or by the path in its pool. */
export function volumeOfDisk(
  plan: Plan,
  guest: PlanGuest,
  disk: Planned<DomainDevicesDisks>,
): PlanVolume | undefined {
  const found = plan.index("volumes of disks", () => new Map<object, PlanVolume | undefined>());
  if (!found.has(disk)) found.set(disk, findVolume(plan, guest, disk));
  return found.get(disk);
}

function findVolume(plan: Plan, guest: PlanGuest, disk: Planned<DomainDevicesDisks>): PlanVolume | undefined {
  const path = disk.source?.file?.file ?? disk.source?.block?.dev;
  const name = disk.source?.volume?.volume;
  const expression = path ?? name;
  if (expression === undefined) return undefined;
  const target = plan.referenced(guest, expression);
  if (target instanceof PlanVolume) return target;
  if (path !== undefined) return isLate(path) ? undefined : plan.volumeByPath(guest.host, path);
  const pool = known(disk.source?.volume?.pool);
  return pool === undefined || isLate(name) ? undefined : plan.volumeByName(guest.host, pool, name!);
}
