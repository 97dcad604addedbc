import type { Acknowledgement } from "../../../lib/plan/acknowledgement";
import { examplePlan } from "../../../lib/plan/example";
import type { Plan } from "../../../lib/plan/plan";
import type { Example, Finding } from "../../../lib/rule";
import { rules } from "../../../lib/rules/registry.generated";
import { validate } from "../../../lib/validation/validate";

/** The day on which these plans are looked at. */
export const TODAY = "2026-11-25";

/** A plan of which the emulation is acknowledged, by default with success. */
export function acknowledge(changes: object = {}, plan: Example = (t) => t.tcg()): Plan {
  const given = { code: "VIRT-HYP-005", reason: "the guest tests emulation", ...changes } as Acknowledgement;
  return examplePlan((t) => {
    plan(t);
    t.acknowledge(given);
  });
}

/** What a rule finds when all run. */
export function found(code: string, plan: Plan): Finding[] {
  return validate(plan, rules, { today: TODAY }).findings.filter((finding) => finding.code === code);
}
