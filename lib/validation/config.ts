import { z } from "zod";
import { VirtConstructsError } from "../errors";
import type { PlanAcknowledgement } from "../plan/acknowledgement";
import { hasReason } from "../plan/acknowledgement";
import { isDay } from "../plan/day";
import type { PropIssue } from "../plan/intent";
import { maskPasswords } from "../plan/secrets";
import { check, choice, instance } from "../props";
import type { Rule, Severity } from "../rule";
import { rules as ownRules } from "../rules/registry.generated";
import { meantBy } from "./judge";
import { isInPack, PACK_NAMES, type PackName } from "./packs";

/** Which rules run, how severe they are, what is accepted, and what a plan is refused for. */
export interface ValidationConfig {
  /**
   * Which of this library's rules run. `essential` has every error and the warnings that nearly everybody wants;
   * `hardening`, `performance` and `migration` have those and the warnings of their subject; `all` has all.
   *
   * @default "essential"
   */
  readonly pack?: PackName | readonly PackName[];
  /**
   * Severities by the code of the rule, in place of its own; `"off"` for a rule that shall not run. A rule that is
   * named here runs, whether its pack is chosen or not.
   *
   * @default - the severity of each rule
   */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /**
   * Rules of other packages, made with `defineRule`; all of them run. Their codes must not begin with `VIRT-`.
   *
   * @default - none
   */
  readonly rules?: readonly Rule[];
  /**
   * What is accepted in plans that no constructs made. In a program, use `Acknowledgements.of(scope)`.
   *
   * @default - none
   */
  readonly acknowledgements?: readonly ConfiguredAcknowledgement[];
  /** Whether a plan is refused for its errors alone, or for its warnings as well. @default "error" */
  readonly failOn?: Severity;
  /**
   * The day on which acknowledgements are looked at: `2026-11-25`.
   *
   * @default - today in UTC, or the day of the environment variable SOURCE_DATE_EPOCH
   */
  readonly today?: string;
}

/** An acknowledgement that is not given to a construct. */
export interface ConfiguredAcknowledgement {
  /** The code of the rule whose findings are accepted: `VIRT-HYP-005`. */
  readonly code: string;
  /** Why. Every report shows it. */
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2027-03-31`. @default - it holds for ever */
  readonly expires?: string;
  /**
   * What it covers: a construct path or a Terraform address, in which `*` stands for anything but a slash and `**`
   * for anything: `libvirt_domain.ci_*`, `rack/legacy/**`. Where addresses of several stacks are alike, the stack
   * stands before: `rack/libvirt_domain.web`.
   */
  readonly covers: string;
}

/** A configuration with everything that it does not say filled in. */
export interface Ruleset {
  /** Those that run. */
  readonly rules: readonly Rule[];
  /** All that there are. */
  readonly known: readonly Rule[];
  readonly severities: ReadonlyMap<string, Severity>;
  readonly acknowledgements: readonly PlanAcknowledgement[];
  readonly failOn: Severity;
  readonly today?: string;
}

const severity = choice("error", "warning");
const pack = choice(...PACK_NAMES);
const day = z.custom<string>(isDay, { error: "must be a day such as 2027-03-31" });

const schema = z.strictObject({
  pack: z
    .union([pack, z.array(pack)], { error: `must be ${orList(PACK_NAMES)}, or a list of them` })
    .optional(),
  severities: z.record(z.string(), choice("error", "warning", "off")).optional(),
  rules: z.array(instance(isRule, "a rule, made with defineRule")).optional(),
  acknowledgements: z
    .array(
      z.strictObject({
        code: z.string(),
        reason: z.custom<string>(hasReason, { error: "must be text that says why" }),
        expires: day.optional(),
        covers: z.string().min(1, { error: "must be a construct path or a Terraform address" }),
      }),
    )
    .optional(),
  failOn: severity.optional(),
  today: day.optional(),
});

/**
 * The rules that a configuration chooses, and the rest of it with what it does not say filled in.
 *
 * @throws VirtConstructsError that names everything that is wrong with the configuration.
 */
export function rulesetOf(config: ValidationConfig = {}): Ruleset {
  const { usable, issues } = check(schema, config);
  const { rules: others = [], severities = {}, acknowledgements = [], failOn = "error", today } = usable;
  const known = [...ownRules, ...others];
  const byCode = new Map(known.map((rule) => [rule.code, rule]));
  const wrong = [
    ...issues,
    ...others.flatMap((rule, index) => issuesOfRule(rule, index, others)),
    ...Object.entries(severities).flatMap(([code, level]) => issuesOfSeverity(code, level, byCode)),
    ...acknowledgements.flatMap(({ code }, index) => issuesOfCode(code, index, byCode)),
  ];
  if (wrong.length > 0) throw new VirtConstructsError(sentence(wrong));

  const packs = [usable.pack ?? "essential"].flat();
  return {
    rules: known.filter((rule) => {
      const level = Object.hasOwn(severities, rule.code) ? severities[rule.code] : undefined;
      if (level !== undefined) return level !== "off";
      return others.includes(rule) || packs.some((each) => isInPack(rule, each));
    }),
    known,
    severities: new Map(
      Object.entries(severities).flatMap(([code, level]) => (level === "off" ? [] : [[code, level]])),
    ),
    acknowledgements: acknowledgements.map((each) => ({
      ...each,
      reason: maskPasswords(each.reason),
      label: each.covers,
      unit: "configuration",
    })),
    failOn,
    today,
  };
}

/** How codes look: `ACME-NET-001`. */
const CODE = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;

function issuesOfRule(rule: Rule, index: number, others: readonly Rule[]): PropIssue[] {
  const prop = `rules[${index}]`;
  const { code } = rule;
  if (!CODE.test(code)) {
    return [{ prop, message: `has the code "${code}"`, fix: "give it a code such as ACME-NET-001" }];
  }
  if (code.startsWith("VIRT-")) {
    const fix = `begin it with a name of your own: ${code.replace("VIRT", "ACME")}`;
    return [{ prop, message: `has the code ${code}, and VIRT- is for the rules of virt-constructs`, fix }];
  }
  const first = others.findIndex((each) => each.code === code);
  if (first === index) return [];
  return [
    { prop, message: `has the code ${code} of rules[${first}]`, fix: "give each rule a code of its own" },
  ];
}

function issuesOfSeverity(
  code: string,
  level: Severity | "off",
  known: ReadonlyMap<string, Rule>,
): PropIssue[] {
  const rule = known.get(code);
  const prop = `severities["${code}"]`;
  if (!rule) return [unknownCode(prop, code, known)];
  if (rule.acknowledgeable !== false || level === rule.severity) return [];
  const message = `must stay "${rule.severity}": ${rule.slug} finds what nobody can accept`;
  return [{ prop, message, fix: "remove it, and mend what the rule finds" }];
}

function issuesOfCode(code: string, index: number, known: ReadonlyMap<string, Rule>): PropIssue[] {
  return known.has(code) ? [] : [unknownCode(`acknowledgements[${index}].code`, code, known)];
}

function unknownCode(prop: string, code: string, known: ReadonlyMap<string, Rule>): PropIssue {
  const meant = meantBy(code, known);
  const fix = meant ? `did you mean ${meant}?` : "give the code of a rule, as the report shows it";
  return { prop, message: `"${code}" is the code of no rule`, fix };
}

function isRule(value: unknown): value is Rule {
  const { code, check, on } = (value ?? {}) as Partial<Rule>;
  return typeof code === "string" && typeof check === "function" && typeof on?.of === "function";
}

function orList(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" or ");
}

function sentence(issues: readonly PropIssue[]): string {
  const lines = issues.map(({ prop, message, fix }) => `${prop}: ${message} (${fix})`);
  return lines.length === 1
    ? `The configuration of the checks cannot be used: ${lines[0]}`
    : `The configuration of the checks cannot be used:\n${lines.map((line) => `- ${line}`).join("\n")}`;
}
