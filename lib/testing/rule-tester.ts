import assert from "node:assert/strict";
import { examplePlan } from "../plan/example";
import type { Example, Finding, Rule, Severity } from "../rule";
import { type Verdict, validate } from "../validation/validate";

/** What a plan that fails the rule must show. */
export interface FailingCase {
  readonly plan: Example;
  /** Text or pattern that the message must hold. */
  readonly message?: string | RegExp;
  readonly fix?: string | RegExp;
  /** The attribute that the finding names. */
  readonly at?: string;
  /** @default - the rule's severity */
  readonly severity?: Severity;
  /** Labels of the places, in order. */
  readonly places?: readonly string[];
  /** How many findings of the rule. @default 1 */
  readonly count?: number;
}

export interface UndeterminedCase {
  readonly plan: Example;
  /** Text or pattern that the reason must hold. */
  readonly reason?: string | RegExp;
}

/** Plans by what they show; each title becomes a test. */
export interface RuleCases {
  readonly fails: Readonly<Record<string, Example | FailingCase>>;
  /** Plans without a finding of the rule and without an undetermined answer. */
  readonly passes: Readonly<Record<string, Example>>;
  /** Plans that the rule cannot decide: late values, absent facts. */
  readonly undetermined?: Readonly<Record<string, Example | UndeterminedCase>>;
}

/**
 * Tests one rule with plans, in the test framework whose `describe` and `it` are global (Jest, Vitest, Mocha).
 * Only the rule itself runs; findings of other rules do not matter here.
 */
// biome-ignore lint/complexity/noStaticOnlyClass: the name under which users know this from other rule engines
export class RuleTester {
  static run(rule: Rule, cases: RuleCases): void {
    const { describe, it } = globalThis as unknown as TestFramework;
    describe(`${rule.code} ${rule.slug}`, () => {
      for (const [title, given] of Object.entries(cases.fails)) {
        it(`fails: ${title}`, () => assertFails(rule, typeof given === "function" ? { plan: given } : given));
      }
      for (const [title, plan] of Object.entries(cases.passes)) {
        it(`passes: ${title}`, () => {
          const { findings, undetermined } = verdictOf(rule, plan);
          assert.deepEqual(findings.map(describeFinding), []);
          assert.deepEqual(
            undetermined.map((each) => each.reason),
            [],
          );
        });
      }
      for (const [title, given] of Object.entries(cases.undetermined ?? {})) {
        it(`is undetermined: ${title}`, () => {
          const { plan, reason } = typeof given === "function" ? { plan: given, reason: undefined } : given;
          const { findings, undetermined } = verdictOf(rule, plan);
          assert.deepEqual(findings.map(describeFinding), []);
          assert.ok(undetermined.length > 0, "the rule decided");
          matches(undetermined.map((each) => each.reason).join("\n"), reason);
        });
      }
    });
  }
}

function assertFails(rule: Rule, expected: FailingCase): void {
  const { findings } = verdictOf(rule, expected.plan);
  const count = expected.count ?? 1;
  assert.equal(findings.length, count, `findings: ${findings.map(describeFinding).join("\n") || "none"}`);
  for (const finding of findings) assert.equal(finding.severity, expected.severity ?? rule.severity);
  matches(findings.map((finding) => finding.message).join("\n"), expected.message);
  matches(findings.map((finding) => finding.fix).join("\n"), expected.fix);
  if (expected.at !== undefined) assert.equal(findings[0]!.attribute, expected.at);
  if (expected.places) {
    assert.deepEqual(
      findings[0]!.places.map((place) => place.label),
      expected.places,
    );
  }
}

function matches(text: string, expected: string | RegExp | undefined): void {
  if (typeof expected === "string") assert.ok(text.includes(expected), `"${expected}" is not in:\n${text}`);
  else if (expected) assert.match(text, expected);
}

function verdictOf(rule: Rule, example: Example): Verdict {
  return validate(examplePlan(example), [rule]);
}

function describeFinding(finding: Finding): string {
  return `${finding.severity} ${finding.code} ${finding.attribute ?? ""}: ${finding.message}`;
}

interface TestFramework {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => void): void;
}
