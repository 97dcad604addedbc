import { xenOnArmStays } from "../../../lib/rules/mig/xen-on-arm-stays";
import { RuleTester } from "../../../lib/testing";
import { facts } from "../../support/program";

const intent = { migratable: true };
const os = { type_arch: "aarch64", type_machine: "xenpv" };

RuleTester.run(xenOnArmStays, {
  fails: {
    "a guest that is to be migratable": {
      plan: (t) => t.xenHost("arm1", { facts: facts("xen-arm64") }).xenPv({ name: "a", os, intent }),
      severity: "error",
      message: '"a" must stay migratable, and runs on Xen on ARM (aarch64), which cannot save',
      fix: "take back migratable",
      at: "migratable",
      places: ["a"],
    },
    "a guest that names another host": (t) =>
      t
        .xenHost("arm1", { facts: facts("xen-arm64") })
        .xenHost("arm2")
        .xenPv({ os, intent: { migratesTo: ["arm2"] } }),
  },
  passes: {
    "a guest on x86": (t) => t.xenPv({ intent }),
    "a guest that may stay": (t) => t.xenHost("arm1", { facts: facts("xen-arm64") }).xenPv({ os }),
    "a KVM guest on ARM": (t) => t.kvm({ os: { type_arch: "aarch64" }, intent }),
  },
});
