import { examplePlan } from "../../../lib/plan/example";
import type { Rule } from "../../../lib/rule";
import { rules } from "../../../lib/rules/registry.generated";

/** The rules that say something of Xen guests: their examples can be put before Xen. @param of all rules by default */
export function rulesInQuestion(of: readonly Rule[] = rules): readonly Rule[] {
  return of
    .filter(({ examples }) => examplePlan(examples.bad).guests.some(({ isXen }) => isXen))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
