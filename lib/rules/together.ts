import type { PlanGuest } from "../plan/guest";
import { isLate } from "../plan/late";

/** More guests than this are counted, not named. */
const MOST_NAMED = 8;

/** One instance of a guest that uses something which only one can have at a time. */
export interface Use {
  readonly guest: PlanGuest;
  /** Whether only apply knows how many instances there are, or whether this one uses it at all. */
  readonly uncertain?: boolean;
}

/**
 * Whether users of one thing may run at the same time: surely several, perhaps, never because the plan keeps all
 * but one switched off, or there is but one.
 */
export function together(uses: readonly Use[]): "several" | "perhaps" | "alternately" | "single" {
  let sure = 0;
  let possible = 0;
  for (const { guest, uncertain } of uses) {
    if (guest.mayRun === false) continue;
    if (!uncertain && guest.mayRun) sure++;
    // A number that only apply knows may be two.
    possible += uncertain ? 2 : 1;
  }
  if (sure >= 2) return "several";
  if (possible >= 2) return "perhaps";
  return uses.length >= 2 ? "alternately" : "single";
}

/** A use for each instance of a guest, for things that all instances name alike. */
export function usesOf(guest: PlanGuest): readonly Use[] {
  const { multiplicity } = guest;
  if (isLate(multiplicity)) return [{ guest, uncertain: true }];
  return Array.from({ length: multiplicity as number }, () => ({ guest }));
}

/** The guests of some uses, each once. */
export function guestsOf(uses: readonly Use[]): PlanGuest[] {
  return [...new Set(uses.map(({ guest }) => guest))];
}

/** `"a" and "b"`, or `3 instances of "a"`; of many the first are named. */
export function usersText(uses: readonly Use[]): string {
  const labels = guestsOf(uses).map(({ label }) => `"${label}"`);
  if (labels.length === 1) return `${uses.length} instances of ${labels[0]}`;
  if (labels.length > MOST_NAMED) {
    return `${labels.slice(0, MOST_NAMED).join(", ")} and ${labels.length - MOST_NAMED} more`;
  }
  return `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
}
