import type { PlanResource } from "../../plan/resource";
import { fail, notApplicable, type Outcome } from "../../rule";

/** What was run for the rules on values that come back changed. */
export const MEASURED = "measured: Terraform 1.11.4, provider 0.9.7, libvirt 9.0.0, QEMU 7.2";

/** What Terraform does when a value comes back from the provider as another. */
export const WHY =
  "Terraform compares what the provider reads back with the plan. Where libvirt or the provider writes the value in another way, the apply ends in: Provider produced inconsistent result after apply. A resource that was just made is marked as tainted, and the next apply replaces it.";

/** A value that the provider would read back as another. What exists already it does not make, so that nothing comes back. */
export function readBack(
  { label, existing }: PlanResource<unknown>,
  at: string,
  given: unknown,
  becomes: string,
  fix: string,
): Outcome {
  if (existing) return notApplicable;
  return fail({
    at,
    message: `${at} of "${label}" is ${JSON.stringify(given)} and comes back ${becomes}: the apply ends in an error.`,
    fix,
  });
}
