import { cpuCheckIsDecided } from "../../../lib/rules/prv/cpu-check-is-decided";
import { RuleTester } from "../../../lib/testing";

const cpu = (check: string | undefined, mode = "host-model", changes: object = {}) => ({
  name: "web",
  cpu: { mode, check },
  ...changes,
});

RuleTester.run(cpuCheckIsDecided, {
  fails: {
    "check none": {
      plan: (t) => t.tcg(cpu("none")),
      message: 'cpu.check of "web" is "none" and comes back as "full"',
      fix: "remove cpu.check",
      at: "cpu.check",
    },
    "check partial of a model": (t) =>
      t.tcg(cpu("partial", "custom", { cpu: { mode: "custom", check: "partial" } })),
  },
  passes: {
    "no check": (t) => t.tcg(cpu(undefined)),
    "check full": (t) => t.tcg(cpu("full")),
    "mode maximum": (t) => t.tcg(cpu("none", "maximum")),
    "a guest that is off": (t) => t.tcg(cpu("none", "host-model", { running: false })),
    "a KVM guest, which was not measured": (t) => t.kvm(cpu("none")),
  },
  undetermined: { "a check that is late": (t) => t.tcg(cpu("${var.check}")) },
});
