import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { PlanVolume } from "../../plan/storage";

/** The volume of the plan that a volume is based on: by reference or by the path in its pool. */
export function baseVolumeOf(plan: Plan, volume: PlanVolume): PlanVolume | undefined {
  const path = volume.config.backingStore?.path;
  if (path === undefined) return undefined;
  const target = plan.referenced(volume, path);
  if (target instanceof PlanVolume) return target;
  return isLate(path) ? undefined : plan.volumeByPath(volume.host, path);
}
