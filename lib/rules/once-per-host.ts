import type { PlanGuest } from "../plan/guest";
import type { PlanHost } from "../plan/host";
import { groupBy, type Plan } from "../plan/plan";

/**
 * The guests of a host of which a rule says one thing together: where it comes to the first of them, it names all.
 *
 * @param name of the rule
 */
export function concernedOn(
  plan: Plan,
  name: string,
  host: PlanHost,
  isConcerned: (guest: PlanGuest) => boolean,
): readonly PlanGuest[] {
  const byHost = plan.index(`guests concerned by ${name}`, () =>
    groupBy(plan.guests.filter(isConcerned), (guest) => guest.host),
  );
  return byHost.get(host) ?? [];
}
