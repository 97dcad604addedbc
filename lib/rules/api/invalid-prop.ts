import { PlanHost, type RawProvider } from "../../plan/host";
import type { PlanResource, RawResource } from "../../plan/resource";
import { defineRule, fail, type Subjects } from "../../rule";

const constructs: Subjects<PlanResource<unknown> | PlanHost> = {
  name: "constructs with a prop that they cannot use",
  of: ({ resources, hosts }) =>
    [...resources, ...hosts].filter((each) => makersOf(each).some(({ propIssues }) => propIssues?.length)),
};

/** Several providers may stand for one host. */
function makersOf(subject: PlanResource<unknown> | PlanHost): readonly (RawResource | RawProvider)[] {
  return subject instanceof PlanHost ? subject.providers : [subject.raw];
}

/** A constructor never throws for a value: it notes what it cannot use, so that one run reports everything. */
export const invalidProp = defineRule({
  code: "VIRT-API-001",
  slug: "invalid-prop",
  severity: "error",
  stage: "define",
  title: "Every prop of a construct must be one that it can use",
  why: "A prop that cannot be used is left out of the configuration. What is then made is not what the program asks for.",
  fix: "Give the prop a value of the kind that the finding names.",
  sources: ["the props of this library's constructs, as their documentation says"],
  needs: ["plan"],
  acknowledgeable: false,
  on: constructs,
  *check(subject) {
    for (const maker of makersOf(subject)) {
      // The issue belongs to the construct that was given the prop.
      const place = maker.constructPath === subject.constructPath ? subject : maker;
      for (const { prop, message, fix } of maker.propIssues ?? []) {
        yield fail({
          at: prop,
          places: [place],
          key: `${prop}: ${message}`,
          message: `${prop} of "${place.label}": ${message}.`,
          fix,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        propIssues: [
          {
            prop: "memory",
            message: "-2 is no amount of memory",
            fix: "give a positive amount, such as Memory.gibibytes(2)",
          },
        ],
      }),
    good: (plan) => plan.kvm(),
  },
});
