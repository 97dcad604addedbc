import type { PlanGuest } from "../../plan/guest";
import { isLate, known, type Late } from "../../plan/late";
import { formatKiB } from "../../plan/units";

/** What one guest of the plan takes of its host's memory, all its instances together. */
export interface Claim {
  readonly guest: PlanGuest;
  readonly memoryKiB: number;
  readonly overheadKiB: number;
}

/** What the guests of a host take of its memory when all run that may. */
export interface Claims {
  /** The largest first. */
  readonly claims: readonly Claim[];
  readonly memoryKiB: number;
  readonly overheadKiB: number;
  /** How many guests are not in it, because only apply knows what they take. */
  readonly late: number;
}

export interface Share {
  readonly memoryKiB: number | Late | undefined;
  readonly overheadKiB?: number;
}

/** What guests claim, by what one instance of each takes. */
export function claimsOf(guests: readonly PlanGuest[], shareOf: (guest: PlanGuest) => Share): Claims {
  const claims: Claim[] = [];
  let late = 0;
  for (const guest of guests) {
    if (guest.mayRun === false) continue;
    const { memoryKiB = 0, overheadKiB = 0 } = shareOf(guest);
    const { multiplicity } = guest;
    if (guest.mayRun === undefined || isLate(memoryKiB) || isLate(multiplicity)) {
      late++;
      continue;
    }
    const times = multiplicity as number;
    claims.push({ guest, memoryKiB: (memoryKiB as number) * times, overheadKiB: overheadKiB * times });
  }
  claims.sort((a, b) => b.memoryKiB - a.memoryKiB);
  return {
    claims,
    memoryKiB: claims.reduce((sum, claim) => sum + claim.memoryKiB, 0),
    overheadKiB: claims.reduce((sum, claim) => sum + claim.overheadKiB, 0),
    late,
  };
}

/** More guests than this are counted, not named. */
const MOST_NAMED = 8;

/** `db 32 GiB, web 2 x 1 GiB, and 3 more`, the largest first. */
export function listClaims(claims: readonly Claim[]): string {
  const named = claims.slice(0, MOST_NAMED).map(({ guest, memoryKiB }) => {
    const times = guest.multiplicity as number;
    return `${guest.label} ${guest.repeated ? `${times} x ` : ""}${formatKiB(memoryKiB / times)}`;
  });
  const more = claims.length - named.length;
  return `${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

/** Whether all memory of the guest is taken at start and never given back. */
export function pinsMemory({ domain: { memoryBacking, devices } }: PlanGuest): boolean {
  return (
    known(memoryBacking?.memoryHugePages) !== undefined ||
    known(memoryBacking?.memoryLocked) === true ||
    (devices?.hostdevs ?? []).some((device) => known(device.subsysPci) !== undefined) ||
    (devices?.interfaces ?? []).some((nic) => known(nic.source?.hostdev) !== undefined)
  );
}
