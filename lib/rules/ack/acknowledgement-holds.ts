import { hasReason } from "../../plan/acknowledgement";
import { isDay } from "../../plan/day";
import { acknowledgements, defineRule, fail, pass } from "../../rule";

/** An acknowledgement that cannot hold must not look as if it did. */
export const acknowledgementHolds = defineRule({
  code: "VIRT-ACK-001",
  slug: "acknowledgement-holds",
  severity: "error",
  stage: "advice",
  title: "An acknowledgement must name a rule that can be acknowledged, and give a reason",
  why: "Who reads a report later must see why a finding was accepted. What no host can do is not made possible by accepting it.",
  fix: "Give the code of a rule, a reason, and the last day as year-month-day where the acknowledgement shall end.",
  sources: ["how this library acknowledges: docs/configuration.md"],
  needs: ["plan"],
  acknowledgeable: false,
  on: acknowledgements,
  *check({ code, reason, expires, rule, meant, refused, label }) {
    const wrong = (key: string, message: string, fix: string) =>
      fail({
        key: `${code} ${key}`,
        message: `The acknowledgement of ${code} for "${label}" ${message}.`,
        fix,
      });
    if (!rule) {
      yield wrong(
        "code",
        "names no rule that there is",
        meant ? `did you mean ${meant}?` : "give the code that the report shows, such as VIRT-HYP-005",
      );
    } else if (refused) {
      yield wrong(
        "code",
        `cannot hold: ${rule.slug} finds what nobody can accept`,
        "remove the acknowledgement, and mend what the rule finds",
      );
    }
    if (!hasReason(reason)) yield wrong("reason", "has no reason", "say in reason why it is accepted");
    if (expires !== undefined && !isDay(expires)) {
      yield wrong("expires", `expires on no day: "${expires}"`, "give the last day as 2027-03-31");
    }
    yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm().acknowledge({ code: "VIRT-HYP-005", reason: "" }),
    good: (plan) => plan.tcg().acknowledge({ code: "VIRT-HYP-005", reason: "the guest tests emulation" }),
  },
  alsoFails: ["VIRT-ACK-002"],
});
