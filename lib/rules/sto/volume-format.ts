import { known } from "../../plan/late";
import type { PlanVolume } from "../../plan/storage";

/**
 * The format that a volume of the plan will have, in the words of a disk's driver; undefined where the plan does not
 * tell: an upload has the format that it has.
 */
export function volumeFormat({ config }: PlanVolume): string | undefined {
  const stated = config.target?.format?.type;
  if (stated === undefined) return config.create === undefined ? "raw" : undefined;
  // An ISO is raw to a drive.
  return stated === "iso" ? "raw" : known(stated);
}
