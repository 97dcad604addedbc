import { examplePlan } from "../../../lib/plan/example";
import { displayPasswordInPlan } from "../../../lib/rules/sec/display-password-in-plan";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const vnc = (passwd?: string) => ({ name: "a", devices: { graphics: [{ vnc: { passwd } }] } });

RuleTester.run(displayPasswordInPlan, {
  fails: {
    "a VNC password": {
      plan: (t) => t.kvm(vnc("s3cret")),
      message: 'The VNC password of "a" stands in the program',
      fix: "sensitive: true",
      at: "devices.graphics[0].vnc.passwd",
    },
    "a SPICE password": (t) => t.kvm({ devices: { graphics: [{ spice: { passwd: "s3cret" } }] } }),
    "a Xen guest": (t) => t.xenHvm(vnc("s3cret")),
  },
  passes: {
    "a variable": (t) => t.kvm(vnc("${var.password}")),
    "no password": (t) => t.kvm(vnc()),
    "an empty one, which locks the display": (t) => t.kvm(vnc("")),
    "no display": (t) => t.kvm(),
  },
});

test("the finding does not tell the password", () => {
  const { findings } = validate(
    examplePlan((t) => t.kvm(vnc("s3cret"))),
    [displayPasswordInPlan],
  );
  expect(findings).toHaveLength(1);
  expect(
    JSON.stringify(findings.map(({ message, fix, fingerprint }) => [message, fix, fingerprint])),
  ).not.toContain("s3cret");
});
