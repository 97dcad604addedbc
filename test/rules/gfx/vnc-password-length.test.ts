import assert from "node:assert/strict";
import { examplePlan } from "../../../lib/plan/example";
import { vncPasswordLength } from "../../../lib/rules/gfx/vnc-password-length";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const vnc = (passwd?: string) => ({
  name: "a",
  devices: { graphics: [{ vnc: { auto_port: true, passwd } }] },
});

RuleTester.run(vncPasswordLength, {
  fails: {
    "9 letters": {
      plan: (t) => t.kvm(vnc("123456789")),
      message: 'The VNC password of "a" has 9 bytes; VNC takes 8 at most.',
      at: "devices.graphics[0].vnc.passwd",
    },
    "5 letters of 2 bytes": { plan: (t) => t.tcg(vnc("äöüäö")), message: "has 10 bytes" },
  },
  passes: {
    "8 letters": (t) => t.kvm(vnc("12345678")).kvm(vnc("")).kvm(vnc()),
    SPICE: (t) => t.kvm({ devices: { graphics: [{ spice: { passwd: "123456789" } }] } }),
    "a password that is known only at apply": (t) => t.kvm(vnc("${var.the_password_of_vnc}")),
    "no graphics": (t) => t.kvm(),
  },
});

it("does not show the password", () => {
  const { findings } = validate(
    examplePlan((t) => t.kvm(vnc("correct horse"))),
    [vncPasswordLength],
  );
  assert.equal(findings.length, 1);
  assert.doesNotMatch(JSON.stringify([findings[0]!.message, findings[0]!.fix]), /horse/);
});
