import { migratableIsRefused } from "../../../lib/rules/prv/migratable-is-refused";
import { RuleTester } from "../../../lib/testing";

const cpu = (migratable: unknown) => ({ name: "web", cpu: { mode: "host-passthrough", migratable } });

RuleTester.run(migratableIsRefused, {
  fails: {
    yes: {
      plan: (t) => t.kvm(cpu(true)),
      message:
        '"web" sets cpu.migratable to true, which the provider writes as "yes"; libvirt takes on and off alone.',
      fix: "that a guest can migrate is the default",
      at: "cpu.migratable",
    },
    no: {
      plan: (t) => t.kvm(cpu(false)),
      message: 'writes as "no"',
      fix: "the provider has no way to say it",
    },
  },
  passes: {
    nothing: (t) => t.kvm(cpu(null)),
    "a guest that nobody asks the provider to make": (t) => t.kvm({ ...cpu(true), existing: {} }),
  },
  undetermined: { "a late value": (t) => t.kvm(cpu("${var.migratable}")) },
});
