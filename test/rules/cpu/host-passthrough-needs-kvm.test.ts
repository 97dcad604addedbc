import { hostPassthroughNeedsKvm } from "../../../lib/rules/cpu/host-passthrough-needs-kvm";
import { RuleTester } from "../../../lib/testing";

const cpu = (mode: string) => ({ cpu: { mode } });

RuleTester.run(hostPassthroughNeedsKvm, {
  fails: {
    "an emulated guest": {
      plan: (t) => t.tcg({ name: "ci", ...cpu("host-passthrough") }),
      message: '"ci" is emulated (type qemu)',
      fix: 'set cpu.mode to "maximum"',
      at: "cpu.mode",
      severity: "error",
    },
  },
  passes: {
    "an emulated guest with another mode": (t) => t.tcg(cpu("host-model")).tcg(cpu("maximum")),
    "an emulated guest without a mode": (t) => t.tcg({ cpu: { model: "qemu64" } }).tcg(),
    "a KVM guest": (t) => t.kvm(cpu("host-passthrough")),
    "a Xen guest": (t) => t.xenHvm(cpu("host-passthrough")),
    "a KVM guest whose mode is known only at apply": (t) => t.kvm(cpu("${var.mode}")),
  },
  undetermined: {
    "a mode that is known only at apply": {
      plan: (t) => t.tcg(cpu("${var.mode}")),
      reason: "CPU mode is known only at apply",
    },
  },
});
