import { defineRule, fail, guests, isLate, pass, type Rule, undetermined } from "virt-constructs/rule-pack";

/** Alerts and bills are sorted by the prefix. */
export const nameHasPrefix = defineRule({
  code: "ACME-NAME-001",
  slug: "name-has-prefix",
  severity: "error",
  stage: "runtime",
  title: "The name of a guest must begin with prod- or test-",
  why: "Alerts and bills are sorted by this prefix. A guest without one is nobody's.",
  fix: "Rename the guest.",
  sources: ["ACME handbook, chapter 4"],
  needs: ["guest"],
  on: guests,
  check: ({ config: { name }, label }) => {
    if (isLate(name)) return undetermined("the name of the guest is known only at apply");
    if (/^(prod|test)-/.test(name)) return pass;
    return fail({
      at: "name",
      message: `Guest "${label}" has no prefix in its name: alerts and bills go astray.`,
      fix: `name it prod-${label} or test-${label}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ name: "web" }),
    good: (plan) => plan.kvm({ name: "prod-web" }),
  },
});

/** All rules of this package. */
export const acmeRules: readonly Rule[] = [nameHasPrefix];
