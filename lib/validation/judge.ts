import { covers, hasReason, type PlanAcknowledgement } from "../plan/acknowledgement";
import { isDay } from "../plan/day";
import { closest } from "../plan/did-you-mean";
import type { Place } from "../plan/resource";
import type { Finding, JudgedAcknowledgement, Rule } from "../rule";

/** The code that was meant by one that no rule has; people leave out what all have in common. */
export function meantBy(code: unknown, known: ReadonlyMap<string, Rule>): string | undefined {
  const whole = `VIRT-${code}`.toUpperCase();
  return known.has(whole) ? whole : closest(String(code), known.keys());
}

/** Applies acknowledgements to what rules find, and keeps account of what becomes of each. */
export class Judge {
  private readonly byCode = new Map<string, Account[]>();
  private readonly ran = new Set<string>();

  constructor(
    acknowledgements: readonly PlanAcknowledgement[],
    private readonly known: ReadonlyMap<string, Rule>,
    private readonly today: string,
  ) {
    for (const given of acknowledgements) {
      const account: Account = {
        given,
        ...this.standing(given),
        findings: 0,
        decided: true,
        refused: false,
      };
      const { code } = given;
      this.byCode.set(code, [...(this.byCode.get(code) ?? []), account]);
    }
  }

  /** Notes that a rule runs. */
  starts(rule: Rule): void {
    this.ran.add(rule.code);
  }

  /** Notes that a rule could not decide about a place. */
  undecided({ code }: Rule, place: Place): void {
    for (const account of this.byCode.get(code) ?? []) {
      if (account.decided && covers(account.given, place)) account.decided = false;
    }
  }

  /** The finding, acknowledged when the nearest scope or one around it says so. */
  judge(finding: Finding): Finding {
    const accounts = this.byCode.get(finding.code);
    if (accounts === undefined) return finding;
    let acknowledged: PlanAcknowledgement | undefined;
    for (const account of accounts) {
      if (covers(account.given, finding.place)) {
        account.findings++;
        if (account.impossible && finding.severity === "error") account.refused = true;
        // Those of a scope come before those within it: the last one is the nearest.
        else if (account.holds) acknowledged = account.given;
      } else if (finding.places.some((place) => covers(account.given, place))) {
        account.elsewhere ??= finding;
      }
    }
    return acknowledged ? { ...finding, acknowledged } : finding;
  }

  /** What became of each. */
  judged(): JudgedAcknowledgement[] {
    return [...this.byCode.values()]
      .flat()
      .map(({ given, expired, findings, decided, refused, elsewhere }) => {
        const { code, reason, expires, label, unit, constructPath } = given;
        const rule = this.known.get(code);
        return {
          ...{ code, reason, expires, label, unit, constructPath, covers: given.covers },
          ...{ rule, expired, findings, refused, elsewhere },
          meant: rule ? undefined : meantBy(code, this.known),
          decided: decided && this.ran.has(code),
          get source() {
            return given.source;
          },
        };
      });
  }

  private standing({ code, reason, expires }: PlanAcknowledgement) {
    const expired = expires !== undefined && isDay(expires) && expires < this.today;
    const valid = hasReason(reason) && (expires === undefined || isDay(expires));
    return { expired, holds: valid && !expired, impossible: this.known.get(code)?.acknowledgeable === false };
  }
}

interface Account {
  readonly given: PlanAcknowledgement;
  readonly holds: boolean;
  readonly expired: boolean;
  /** Whether nobody can accept what its rule finds. */
  readonly impossible: boolean;
  findings: number;
  decided: boolean;
  refused: boolean;
  elsewhere?: Finding;
}
