import { machineBecomesXenfv } from "../../../lib/rules/xen/machine-becomes-xenfv";
import { RuleTester } from "../../../lib/testing";

const machine = (name: string | null) => ({ os: { type_machine: name } });

RuleTester.run(machineBecomesXenfv, {
  fails: {
    q35: {
      plan: (t) => t.xenHvm({ name: "a", ...machine("q35") }),
      severity: "warning",
      message:
        'HVM guest "a" asks for machine q35: under Xen it would get xenfv, an i440FX machine without PCI Express.',
      fix: 'set os.typeMachine to "xenfv"',
      at: "os.typeMachine",
      places: ["a"],
    },
    "pc, and a version of one": {
      plan: (t) => t.xenHvm(machine("pc")).xenHvm(machine("pc-q35-7.2")),
      count: 2,
    },
  },
  passes: {
    "xenfv, a version of it, and none": (t) =>
      t.xenHvm(machine("xenfv")).xenHvm(machine("xenfv-4.2")).xenHvm(machine(null)),
    "PV and PVH guests": (t) => t.xenPv().xenPvh(),
    "a KVM guest": (t) => t.kvm(machine("q35")),
    "a late kind of guest with xenfv": (t) => t.xenHvm({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "a late machine": {
      plan: (t) => t.xenHvm(machine("${var.machine}")),
      reason: "the guest's machine is known only at apply",
    },
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}", type_machine: "q35" } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
