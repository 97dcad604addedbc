import { versionedMachine } from "../../../lib/rules/fw/versioned-machine";
import { RuleTester } from "../../../lib/testing";

const guest = (type_machine: string | null) => ({
  name: "a",
  intent: { migratable: true },
  os: { type_machine },
});
const noFacts = { facts: null };

RuleTester.run(versionedMachine, {
  fails: {
    "an alias": {
      plan: (t) => t.kvm(guest("q35")),
      message: 'machine q35 is another on each version of QEMU; on "kvm1" it is pc-q35-7.2.',
      fix: 'set os.typeMachine to "pc-q35-7.2"',
      severity: "warning",
      at: "os.typeMachine",
    },
    "an alias on a host without facts": {
      plan: (t) => t.kvmHost("kvm1", noFacts).kvm(guest("pc")),
      fix: "set os.typeMachine to a version",
    },
    "no machine": { plan: (t) => t.kvmHost("kvm1", noFacts).tcg(guest(null)), message: "names no machine" },
  },
  passes: {
    "a version": (t) =>
      t
        .kvm(guest("pc-q35-7.2"))
        .kvmHost("kvm2", noFacts)
        .kvm({ host: "kvm2", ...guest("pc-i440fx-7.2") }),
    "a guest that may stay": (t) => t.kvm({ os: { type_machine: "q35" } }),
    "a Xen guest": (t) => t.xenHvm({ intent: { migratable: true } }),
  },
  undetermined: {
    "a machine that is known only at apply": (t) => t.kvm(guest("${var.machine}")),
  },
});
