import type { Plan } from "../plan/plan";
import type { Place } from "../plan/resource";
import { maskPasswords } from "../plan/secrets";
import type { Finding, Outcome, Rule, Undetermined } from "../rule";

/** The verdict on a plan. */
export interface Verdict {
  /** Errors first, then by place and code; stable for one plan. */
  readonly findings: readonly Finding[];
  readonly undetermined: readonly Undetermined[];
}

/** Runs every rule over its subjects, once. */
export function validate(plan: Plan, rules: readonly Rule[]): Verdict {
  const findings: Finding[] = [];
  const undetermined = new Map<string, Undetermined & { count: number }>();
  const order = placesInOrder(plan);

  for (const rule of rules) {
    for (const subject of rule.on.of(plan)) {
      for (const outcome of outcomesOf(rule, subject, plan)) {
        if (outcome.kind === "fail") findings.push(finding(rule, subject, outcome));
        else if (outcome.kind === "undetermined") {
          const key = `${rule.code}\n${outcome.reason}`;
          const seen = undetermined.get(key);
          if (seen) seen.count++;
          else undetermined.set(key, { code: rule.code, count: 1, place: subject, ...withoutKind(outcome) });
        }
      }
    }
  }
  return {
    findings: findings.sort((a, b) => compare(a, b, order)),
    undetermined: [...undetermined.values()],
  };
}

function outcomesOf(rule: Rule, subject: Place, plan: Plan): Iterable<Outcome> {
  const result = rule.check(subject, plan);
  return "kind" in result ? [result] : result;
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
