import { cpuModelStated } from "../../../lib/rules/perf/cpu-model-stated";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(cpuModelStated, {
  fails: {
    "no CPU": {
      plan: (t) => t.kvm({ name: "a", cpu: null }),
      message: '"a" does not say which CPU it sees and gets qemu64',
      fix: 'set cpu.mode to "host-model"',
      at: "cpu.mode",
    },
    "a topology alone": (t) => t.kvm({ cpu: { mode: null, topology: { sockets: 1, cores: 2, threads: 1 } } }),
    "mode custom without a model": (t) => t.kvm({ cpu: { mode: "custom" } }),
    "a 32-bit guest": (t) => t.kvm({ cpu: null, os: { type_arch: "i686" } }),
  },
  passes: {
    "modes that say all": (t) =>
      t
        .kvm({ cpu: { mode: "host-model" } })
        .kvm({ cpu: { mode: "host-passthrough" } })
        .kvm({ cpu: { mode: "maximum" } }),
    "a model": (t) =>
      t.kvm({ cpu: { mode: "custom", model: "Skylake-Server" } }).kvm({ cpu: { mode: null, model: "EPYC" } }),
    "another architecture": (t) => t.kvm({ cpu: null, os: { type_arch: "aarch64", type_machine: "virt" } }),
    "guests without KVM": (t) => t.tcg({ cpu: null }).xenHvm(),
  },
  undetermined: {
    "a late mode": (t) => t.kvm({ cpu: { mode: "${var.mode}" } }),
    "a late architecture": (t) => t.kvm({ cpu: null, os: { type_arch: "${var.arch}" } }),
    "a late CPU": (t) => t.kvm({ cpu: "${var.cpu}" }),
  },
});
