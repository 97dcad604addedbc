import { acknowledgements, defineRule, fail, pass } from "../../rule";

export const acknowledgementIsCurrent = defineRule({
  code: "VIRT-ACK-003",
  slug: "acknowledgement-is-current",
  severity: "warning",
  stage: "advice",
  title: "An acknowledgement should not have expired",
  why: "After its last day an acknowledgement holds no more: what it covered is found again, which was the reason to let it expire.",
  fix: "Mend what was accepted for a time, or acknowledge it again with a later day.",
  sources: ["how this library acknowledges: docs/configuration.md"],
  needs: ["plan"],
  acknowledgeable: false,
  on: acknowledgements,
  check: ({ code, expired, expires, findings, label }) => {
    // What it covers is found again as long as it is there; here it is said why, and what else there is to do.
    if (!expired) return pass;
    return fail({
      key: code,
      message: `The acknowledgement of ${code} for "${label}" expired: ${expires} was its last day.`,
      fix:
        findings > 0
          ? `mend what ${code} finds, or acknowledge it again until a later day`
          : "remove the acknowledgement: the rule finds nothing there",
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .tcg()
        .acknowledge({ code: "VIRT-HYP-005", reason: "until the new host is there", expires: "2024-06-30" }),
    good: (plan) =>
      plan
        .tcg()
        .acknowledge({ code: "VIRT-HYP-005", reason: "until the new host is there", expires: "9999-12-31" }),
  },
  alsoFails: ["VIRT-HYP-005"],
});
