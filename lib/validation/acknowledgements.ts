import type { IConstruct } from "constructs";
import { type Acknowledgement, keepAcknowledgement } from "../plan/acknowledgement";
import { recordSource } from "../plan/source";

/**
 * Accepts what rules find within a scope: the construct that it is asked of, and everything below it. What is
 * accepted stays in every report with its reason, and refuses nothing.
 *
 * A finding is accepted where the place to change lies in the scope: the one that its report begins with. That
 * others take part in it, like the second guest with the same MAC address, is not enough.
 *
 * ```ts
 * Acknowledgements.of(legacy).add({
 *   code: "VIRT-HYP-005",
 *   reason: "runs the emulation tests, ticket OPS-4711",
 *   expires: "2027-03-31",
 * });
 * ```
 */
export class Acknowledgements {
  /** The acknowledgements of a construct: an app, a stack, a guest, or any other. */
  static of(scope: IConstruct): Acknowledgements {
    return new Acknowledgements(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts what a rule finds within the scope. Throws nothing: an acknowledgement that cannot hold, because it has
   * no reason or names no rule, is reported by the gate with everything else, and so is one that has expired or that
   * nothing needs.
   *
   * @returns this, for the next one
   */
  add(acknowledgement: Acknowledgement): this {
    const given = { ...acknowledgement };
    recordSource(this.scope, given);
    keepAcknowledgement(this.scope, given);
    return this;
  }
}
