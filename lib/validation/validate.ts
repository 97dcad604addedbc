import type { PlanAcknowledgement } from "../plan/acknowledgement";
import { today } from "../plan/day";
import type { Plan } from "../plan/plan";
import type { Place } from "../plan/resource";
import { maskPasswords } from "../plan/secrets";
import {
  acknowledgements,
  type Finding,
  notApplicable,
  type Outcome,
  pass,
  type Rule,
  type Severity,
  type Undetermined,
  undetermined,
} from "../rule";
import { Judge } from "./judge";
import { BLOCK, type Look, Pending, Positions } from "./pending";

/** The verdict on a plan. */
export interface Verdict {
  /**
   * Errors first, then by place and code, the acknowledged ones after all others; stable for one plan.
   */
  readonly findings: readonly Finding[];
  /** What no rule could decide. */
  readonly undetermined: readonly Undetermined[];
}

/** What becomes of a rule that fails to run, which is a mistake of the rule and not of the plan. */
export type OnCrash = (error: unknown, rule: Rule) => Outcome;

export interface ValidateOptions {
  /** Severities by code, in place of the rules' own. */
  readonly severities?: ReadonlyMap<string, Severity>;
  /** What is accepted beside what the plan itself says. */
  readonly acknowledgements?: readonly PlanAcknowledgement[];
  /** All rules that there are, by which an unknown code is told from that of a rule that does not run. @default - those that run */
  readonly known?: readonly Rule[];
  /** The day on which acknowledgements are looked at: `2026-11-25`. @default - today in UTC, or that of SOURCE_DATE_EPOCH */
  readonly today?: string;
  /** @default - the error of the rule is thrown */
  readonly onCrash?: OnCrash;
}

/** Runs every rule over its subjects, once; those on acknowledgements after all others. */
export function validate(plan: Plan, rules: readonly Rule[], options: ValidateOptions = {}): Verdict {
  const { severities, known = rules, onCrash = rethrow } = options;
  const findings: Finding[] = [];
  const undecidedBy = new Map<
    string,
    { readonly rule: Rule; readonly what: Undetermined & { count: number } }
  >();
  const judge = new Judge(
    [...(options.acknowledgements ?? []), ...plan.acknowledgements],
    new Map(known.map((rule) => [rule.code, rule])),
    options.today ?? today(),
  );
  const take = (outcome: Outcome, rule: Rule, subject: Place) => {
    if (outcome === pass || outcome === notApplicable) return;
    if (outcome.kind === "fail") {
      findings.push(judge.judge(finding(rule, subject, outcome, severities?.get(rule.code))));
    } else if (outcome.kind === "undetermined") {
      judge.undecided(rule, subject);
      const key = `${rule.code}\n${outcome.reason}`;
      const seen = undecidedBy.get(key);
      if (seen) seen.what.count++;
      else {
        const what = { code: rule.code, count: 1, place: subject, ...withoutKind(outcome) };
        undecidedBy.set(key, { rule, what });
      }
    }
  };
  const look: Look = (rule, yields, subject) => {
    try {
      const result = rule.check(subject, plan);
      // Asking each of a million results what it is would cost as much as the rules.
      if (!yields && isOutcome(result)) take(result, rule, subject);
      else for (const outcome of result as Iterable<Outcome>) take(outcome, rule, subject);
    } catch (error) {
      take(onCrash(error, rule), rule, subject);
    }
  };

  const order = placesInOrder(plan);
  const [last, first] = partition(rules, isOnAcknowledgements);
  for (const rule of rules) judge.starts(rule);
  const positions = new Positions(order);
  const pending = first.map((rule) => new Pending(rule, positions.of(rule.on.of(plan))));
  for (let end = BLOCK; pending.some(({ done }) => !done); end += BLOCK) {
    for (const each of pending) each.advance(end, look);
  }
  for (const rule of last) new Pending(rule, positions.of(judge.judged())).advance(order.size + 1, look);
  const turn = new Map(rules.map((rule, index) => [rule, index]));
  return {
    findings: findings.sort((a, b) => compare(a, b, order)),
    undetermined: [...undecidedBy.values()]
      .sort((a, b) => turn.get(a.rule)! - turn.get(b.rule)!)
      .map(({ what }) => what),
  };
}

function partition<T>(items: readonly T[], isOne: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isOne), items.filter((item) => !isOne(item))];
}

function isOnAcknowledgements(rule: Rule): boolean {
  return (rule.on as object) === acknowledgements;
}

function isOutcome(result: Outcome | Iterable<Outcome>): result is Outcome {
  return (result as Partial<Outcome>).kind !== undefined;
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

function finding(
  rule: Rule,
  subject: Place,
  { failure }: Extract<Outcome, { kind: "fail" }>,
  severity: Severity | undefined,
): Finding {
  const places = failure.places?.length ? failure.places : [subject];
  const place = places[0]!;
  const key = maskPasswords(failure.key ?? failure.at ?? "");
  return {
    code: rule.code,
    slug: rule.slug,
    severity: severity ?? failure.severity ?? rule.severity,
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
  if (!a.acknowledged !== !b.acknowledged) return a.acknowledged ? 1 : -1;
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  const byPlace = (order.get(a.place) ?? order.size) - (order.get(b.place) ?? order.size);
  return byPlace || a.code.localeCompare(b.code) || a.fingerprint.localeCompare(b.fingerprint);
}

/** The findings that nobody has acknowledged, and that are not known from an earlier run. */
export function open(findings: readonly Finding[]): Finding[] {
  return findings.filter((each) => each.acknowledged === undefined && each.known !== true);
}

/** The errors among them. */
export function countErrors(findings: readonly Finding[]): number {
  return open(findings).filter((each) => each.severity === "error").length;
}

/** The findings for which a plan is refused: its errors, or its warnings too. */
export function reasonsToRefuse(findings: readonly Finding[], failOn: Severity): Finding[] {
  return open(findings).filter(({ severity }) => failOn === "warning" || severity === "error");
}

/** Whether a plan with these findings is refused. */
export function refuses(findings: readonly Finding[], failOn: Severity): boolean {
  return reasonsToRefuse(findings, failOn).length > 0;
}
