import { acpiAndApicOn } from "../../../lib/rules/xen/acpi-and-apic-on";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(acpiAndApicOn, {
  fails: {
    "no features": {
      plan: (t) => t.xenHvm({ name: "a", features: null }),
      severity: "warning",
      message: 'HVM guest "a" does not state acpi and apic: under Xen it would start with ACPI and APIC off.',
      fix: "set features.acpi to true and features.apic to {}",
      at: "features.acpi",
      places: ["a"],
    },
    "no ACPI": { plan: (t) => t.xenHvm({ features: { acpi: null } }), fix: /^set features\.acpi to true$/ },
    "no APIC": {
      plan: (t) => t.xenHvm({ features: { apic: null } }),
      fix: /^set features\.apic to \{\}$/,
      at: "features.apic",
    },
  },
  passes: {
    "both stated": (t) => t.xenHvm(),
    "ACPI switched off on purpose": (t) => t.xenHvm({ features: { acpi: false, apic: null } }),
    "a late value is a stated one": (t) => t.xenHvm({ features: { acpi: "${var.acpi}" } }),
    "PV and PVH guests": (t) => t.xenPv().xenPvh(),
    "a KVM guest": (t) => t.kvm({ features: null }),
    "a late kind of guest with both": (t) => t.xenHvm({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "late features": {
      plan: (t) => t.xenHvm({ features: "${var.features}" }),
      reason: "the guest's features are known only at apply",
    },
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, features: null }),
      reason: "the guest's type is known only at apply",
    },
  },
});
