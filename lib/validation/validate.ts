import type { Plan } from "../plan/plan";
import type { Place } from "../plan/resource";
import { maskPasswords } from "../plan/secrets";
import { type Finding, type Outcome, type Rule, type Undetermined, undetermined } from "../rule";

/** The verdict on a plan. */
export interface Verdict {
  /** Errors first, then by place and code; stable for one plan. */
  readonly findings: readonly Finding[];
  /** What no rule could decide. */
  readonly undetermined: readonly Undetermined[];
}

/** What becomes of a rule that fails to run, which is a mistake of the rule and not of the plan. */
export type OnCrash = (error: unknown, rule: Rule) => Outcome;

/**
 * Runs every rule over its subjects, once.
 *
 * @param onCrash @default - the error of the rule is thrown
 */
export function validate(plan: Plan, rules: readonly Rule[], onCrash: OnCrash = rethrow): Verdict {
  const findings: Finding[] = [];
  const undecidedBy = new Map<string, Undetermined & { count: number }>();
  const order = placesInOrder(plan);

  for (const rule of rules) {
    for (const subject of rule.on.of(plan)) {
      for (const outcome of outcomesOf(rule, subject, plan, onCrash)) {
        if (outcome.kind === "fail") findings.push(finding(rule, subject, outcome));
        else if (outcome.kind === "undetermined") {
          const key = `${rule.code}\n${outcome.reason}`;
          const seen = undecidedBy.get(key);
          if (seen) seen.count++;
          else undecidedBy.set(key, { code: rule.code, count: 1, place: subject, ...withoutKind(outcome) });
        }
      }
    }
  }
  return {
    findings: findings.sort((a, b) => compare(a, b, order)),
    undetermined: [...undecidedBy.values()],
  };
}

function* outcomesOf(rule: Rule, subject: Place, plan: Plan, onCrash: OnCrash): Iterable<Outcome> {
  try {
    const result = rule.check(subject, plan);
    if ("kind" in result) yield result;
    else yield* result;
  } catch (error) {
    yield onCrash(error, rule);
  }
}

function rethrow(error: unknown): never {
  throw error;
}

/** A rule that fails to run has decided nothing; all others still count. */
export function undecided(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return undetermined(`the rule failed to run, which is a mistake of virt-constructs (${message})`);
}

function withoutKind({ reason, host }: Extract<Outcome, { kind: "undetermined" }>) {
  return { reason: maskPasswords(reason), ...(host && { host }) };
}

function finding(rule: Rule, subject: Place, { failure }: Extract<Outcome, { kind: "fail" }>): Finding {
  const places = failure.places?.length ? failure.places : [subject];
  const place = places[0]!;
  const key = maskPasswords(failure.key ?? failure.at ?? "");
  return {
    code: rule.code,
    slug: rule.slug,
    severity: failure.severity ?? rule.severity,
    title: rule.title,
    message: maskPasswords(failure.message),
    fix: maskPasswords(failure.fix),
    place,
    places,
    ...(failure.at === undefined ? {} : { attribute: failure.at }),
    fingerprint: `${rule.code}:${place.constructPath ?? `${place.unit}/${place.address ?? place.label}`}:${key}`,
  };
}

/** Hosts and resources in the order of the user's program, so that a report reads like it. */
function placesInOrder(plan: Plan): Map<Place, number> {
  const order = new Map<Place, number>();
  for (const place of [...plan.hosts, ...plan.resources]) order.set(place, order.size);
  return order;
}

function compare(a: Finding, b: Finding, order: Map<Place, number>): number {
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  const byPlace = (order.get(a.place) ?? order.size) - (order.get(b.place) ?? order.size);
  return byPlace || a.code.localeCompare(b.code) || a.fingerprint.localeCompare(b.fingerprint);
}

export function countErrors(findings: readonly Finding[]): number {
  return findings.filter((each) => each.severity === "error").length;
}
