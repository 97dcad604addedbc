import { q35NeedsAcpi } from "../../../lib/rules/gos/q35-needs-acpi";
import { RuleTester } from "../../../lib/testing";

const machine = (type_machine: string, features: object | null) => ({
  name: "web",
  os: { type_machine },
  features,
});

RuleTester.run(q35NeedsAcpi, {
  fails: {
    "no features": {
      plan: (t) => t.kvm(machine("q35", null)),
      message: '"web" is a q35 without ACPI',
      at: "features.acpi",
    },
    "a version of it": (t) => t.kvm(machine("pc-q35-7.2", { acpi: false })),
  },
  passes: {
    ACPI: (t) => t.kvm(machine("q35", { acpi: true })),
    "an i440FX": (t) => t.kvm(machine("pc", null)),
    "a Xen guest": (t) => t.xenHvm({ features: null }),
  },
  undetermined: {
    "late ACPI": (t) => t.kvm(machine("q35", { acpi: "${var.acpi}" })),
    "a late machine": (t) => t.kvm(machine("${var.machine}", null)),
  },
});
