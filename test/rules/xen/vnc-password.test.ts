import { vncPassword } from "../../../lib/rules/xen/vnc-password";
import { RuleTester } from "../../../lib/testing";

const display = (vnc: object | string) => ({ devices: { graphics: [{ vnc }] } });

RuleTester.run(vncPassword, {
  fails: {
    "a password": {
      plan: (t) => t.xenHost("xen1").xenHvm({ name: "a", ...display({ passwd: "hush" }) }),
      severity: "warning",
      message: /^the VNC display of "a" has a password: (?!.*hush)/,
      fix: /make sure that QEMU on xen1 has DES$/,
      at: "devices.graphics[0].vnc.passwd",
      places: ["a"],
    },
    "a late password, which is one all the same": (t) => t.xenPv(display({ passwd: "${var.password}" })),
  },
  passes: {
    "no password": (t) => t.xenHvm(display({ listen: "127.0.0.1" })).xenPv(display({ passwd: "" })),
    "another display": (t) => t.xenHvm({ devices: { graphics: [{ spice: { passwd: "hush" } }] } }).xenPv(),
    "a KVM guest": (t) => t.kvm(display({ passwd: "hush" })),
  },
  undetermined: {
    "late displays": {
      plan: (t) => t.xenHvm({ devices: { graphics: "${var.graphics}" } }),
      reason: "the guest's displays are known only at apply",
    },
  },
});
