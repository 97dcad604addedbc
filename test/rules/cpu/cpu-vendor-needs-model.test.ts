import { cpuVendorNeedsModel } from "../../../lib/rules/cpu/cpu-vendor-needs-model";
import { RuleTester } from "../../../lib/testing";

const cpu = (given: object) => ({ name: "web", cpu: given });

RuleTester.run(cpuVendorNeedsModel, {
  fails: {
    "no model": {
      plan: (t) => t.kvm(cpu({ mode: "host-passthrough", vendor: "AMD" })),
      message: '"web" asks for a CPU of AMD and names no model.',
      at: "cpu.vendor",
    },
  },
  passes: {
    "a model": (t) => t.kvm(cpu({ model: "EPYC", vendor: "AMD" })),
    "no vendor": (t) => t.kvm(cpu({ mode: "host-model" })).kvm(cpu({ vendor: "" })),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.kvm(cpu({ model: "${var.model}", vendor: "AMD" })),
      reason: "known only at apply",
    },
  },
});
