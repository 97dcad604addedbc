import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";

/**
 * The numbers of the guest's I/O threads: those listed, and the lowest free ones up to their count. Undefined when
 * only apply knows.
 */
export function iothreadsOf({ domain }: PlanGuest): number[] | undefined {
  const listed = (domain.ioThreadIDs?.ioThreads ?? []).map(({ id }) => id);
  const count = domain.ioThreads ?? listed.length;
  if (isLate(count) || listed.some(isLate)) return undefined;
  const threads = new Set(listed as number[]);
  for (let id = 1; threads.size < (count as number); id++) threads.add(id);
  return [...threads].sort((a, b) => a - b);
}
