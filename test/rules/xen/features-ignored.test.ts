import { featuresIgnored } from "../../../lib/rules/xen/features-ignored";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(featuresIgnored, {
  fails: {
    "Hyper-V enlightenments": {
      plan: (t) =>
        t.xenHvm({
          name: "a",
          features: { hyper_v: { relaxed: { state: "on" }, vapic: { state: "off" } } },
        }),
      severity: "warning",
      message: /^"a" would start without Hyper-V enlightenments: /,
      fix: "remove features.hyperV",
      at: "features.hyperV",
      places: ["a"],
    },
    "an enlightenment without a state, which is on": (t) =>
      t.xenHvm({ features: { hyper_v: { relaxed: {} } } }),
    "a mode": (t) => t.xenHvm({ features: { hyper_v: { mode: "passthrough" } } }),
    "viridian, SMM and a generation id": {
      plan: (t) =>
        t.xenHvm({
          features: { viridian: true, smm: { state: "on" } },
          gen_id: "43dc0cf8-809b-4adb-9bea-a9abb5f3d90e",
        }),
      message: "Hyper-V enlightenments (viridian), System Management Mode and a generation id",
      fix: "remove features.viridian, features.smm and genId",
    },
    "a PV guest": (t) => t.xenPv({ features: { viridian: true } }),
  },
  passes: {
    "what is delivered": (t) =>
      t.xenHvm({
        features: { pae: true, hap: { state: "on" }, xen: { passthrough: { state: "on" } } },
      }),
    "what is switched off": (t) =>
      t.xenHvm({
        features: {
          viridian: false,
          smm: { state: "off" },
          vm_port: { state: "off" },
          hyper_v: { relaxed: { state: "off" } },
        },
      }),
    "no enlightenment": (t) => t.xenHvm({ features: { hyper_v: {} } }),
    "no features": (t) => t.xenPv(),
    "a KVM guest": (t) => t.kvm({ features: { smm: { state: "on" } } }),
  },
  undetermined: {
    "late enlightenments": {
      plan: (t) => t.xenHvm({ features: { hyper_v: "${var.hyperv}" } }),
      reason: "whether a guest asks for Hyper-V enlightenments is known only at apply",
    },
    "an enlightenment with a late state": (t) =>
      t.xenHvm({ features: { hyper_v: { relaxed: { state: "${var.state}" } } } }),
    "late viridian": (t) => t.xenHvm({ features: { viridian: "${var.viridian}" } }),
    "late features": (t) => t.xenHvm({ features: "${var.features}" }),
  },
});
