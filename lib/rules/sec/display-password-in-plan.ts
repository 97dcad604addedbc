import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass } from "../../rule";
import { displaysOf } from "./displays";

/** A password in a program is known to everybody who can read the program. */
export const displayPasswordInPlan = defineRule({
  code: "VIRT-SEC-002",
  slug: "display-password-in-plan",
  severity: "warning",
  stage: "advice",
  title: "The password of a display should not stand in the program",
  why: "A literal password is in the sources, in the Terraform configuration that synth writes, and in Terraform's state. A variable that is marked sensitive leaves only the state, which has to be protected in any case. VNC cuts passwords after eight characters besides.",
  fix: "Take the password from a TerraformVariable with sensitive: true, or let the display listen on loopback without one.",
  sources: [
    "Terraform, sensitive data in state",
    "RFC 6143, VNC authentication: DES with the first eight characters",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const displays = displaysOf(guest);
    if (displays.length === 0) return yield notApplicable;
    for (const { kind, at, config } of displays) {
      // An empty password locks the display, and a late one is not in the program.
      if (config.passwd === undefined || config.passwd === "" || isLate(config.passwd)) yield pass;
      else {
        yield fail({
          at: `${at}.passwd`,
          message: `The ${kind} password of "${guest.label}" stands in the program, and will stand in the Terraform configuration.`,
          fix: "take it from a TerraformVariable with sensitive: true",
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { listen: "127.0.0.1", passwd: "example" } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { graphics: [{ vnc: { listen: "127.0.0.1", passwd: "${var.vnc_password}" } }] } }),
  },
});
