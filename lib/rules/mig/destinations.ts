import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import type { Plan } from "../../plan/plan";
import type { Subjects } from "../../rule";

/** The hosts that a guest must be able to move to, its own left out; undefined when nobody stated them. */
export function destinationsOf(plan: Plan, { intent, host }: PlanGuest): PlanHost[] | undefined {
  if (!intent?.migratesTo) return undefined;
  const hosts = intent.migratesTo.map((path) => plan.hostAt(path));
  return [...new Set(hosts)].filter((each): each is PlanHost => each !== undefined && each !== host);
}

/** Those of the guests that must stay migratable: they say so, or where to. */
export function migratable(subjects: Subjects<PlanGuest>): Subjects<PlanGuest> {
  return {
    name: `migratable ${subjects.name}`,
    of: (plan) =>
      plan.index(`migratable ${subjects.name}`, () =>
        [...subjects.of(plan)].filter(
          ({ intent }) => intent?.migratable === true || (intent?.migratesTo ?? []).length > 0,
        ),
      ),
  };
}

export const NO_DESTINATIONS = "which hosts a migratable guest moves to is not stated (migratesTo)";
