import type { Place } from "../plan/resource";
import type { Rule } from "../rule";

/**
 * How many resources all rules look at before they go on to the next: what a large plan holds in memory is then
 * fetched once, and not once for each rule.
 */
export const BLOCK = 64;

/** Puts a place before a rule; `yields` says whether the rule hands out its outcomes one by one. */
export type Look = (rule: Rule, yields: boolean, subject: Place) => void;

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as FunctionConstructor;

/** A rule, and what it has not looked at yet. */
export class Pending {
  private next = 0;
  private readonly yields: boolean;

  constructor(
    private readonly rule: Rule,
    private readonly subjects: readonly Place[],
  ) {
    this.yields = rule.check instanceof GeneratorFunction;
  }

  get done(): boolean {
    return this.next >= this.subjects.length;
  }

  /** Looks at what comes before a place in the plan, in the rule's own order. */
  advance(end: number, order: ReadonlyMap<Place, number>, look: Look): void {
    for (; !this.done; this.next++) {
      const subject = this.subjects[this.next]!;
      if ((order.get(subject) ?? 0) >= end) return;
      look(this.rule, this.yields, subject);
    }
  }
}
