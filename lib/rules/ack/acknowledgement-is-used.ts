import { acknowledgements, defineRule, fail, pass } from "../../rule";

export const acknowledgementIsUsed = defineRule({
  code: "VIRT-ACK-002",
  slug: "acknowledgement-is-used",
  severity: "warning",
  stage: "advice",
  title: "An acknowledgement should cover something that is found",
  why: "An acknowledgement that nothing needs any more would silently accept the next mistake of that kind.",
  fix: "Remove the acknowledgement, or give it to the scope that holds the place to change.",
  sources: ["how this library acknowledges: docs/configuration.md"],
  needs: ["plan"],
  acknowledgeable: false,
  on: acknowledgements,
  check: ({ code, rule, decided, expired, findings, elsewhere, label }) => {
    if (!rule || expired || !decided || findings > 0) return pass;
    return fail({
      key: code,
      message: elsewhere
        ? `The acknowledgement of ${code} for "${label}" does not hold: the place to change of what is found is "${elsewhere.place.label}".`
        : `The acknowledgement of ${code} for "${label}" is not needed: the rule finds nothing there.`,
      fix: elsewhere
        ? `give it to "${elsewhere.place.label}", or to a scope that holds both`
        : "remove the acknowledgement",
    });
  },
  examples: {
    bad: (plan) => plan.kvm().acknowledge({ code: "VIRT-HYP-005", reason: "the guest tests emulation" }),
    good: (plan) => plan.tcg().acknowledge({ code: "VIRT-HYP-005", reason: "the guest tests emulation" }),
  },
});
