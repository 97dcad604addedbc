import { cpuCacheFitsMode } from "../../../lib/rules/cpu/cpu-cache-fits-mode";
import { RuleTester } from "../../../lib/testing";

const cpu = (more: Record<string, unknown>) => ({ name: "web", cpu: { mode: "host-passthrough", ...more } });

RuleTester.run(cpuCacheFitsMode, {
  fails: {
    "an emulated cache of level 2": {
      plan: (t) => t.kvm(cpu({ cache: { mode: "emulate", level: 2 } })),
      message: '"web" emulates a cache of level 2; QEMU emulates level 3 alone.',
      fix: "set cpu.cache.level to 3",
      at: "cpu.cache.level",
    },
    "an emulated cache without a level": (t) => t.kvm(cpu({ cache: { mode: "emulate" } })),
    "a level of the host's caches": {
      plan: (t) => t.kvm(cpu({ cache: { mode: "passthrough", level: 3 } })),
      fix: "remove cpu.cache.level",
    },
    "no caches of a level": (t) => t.kvm(cpu({ cache: { mode: "disable", level: 3 } })),
    "the host's caches in a model": {
      plan: (t) => t.kvm(cpu({ mode: "custom", model: "Nehalem", cache: { mode: "passthrough" } })),
      message: "shows the host's caches with CPU mode custom",
      at: "cpu.cache.mode",
    },
    "an emulated width without bits": {
      plan: (t) => t.kvm(cpu({ max_phys_addr: { mode: "emulate" } })),
      at: "cpu.maxPhysAddr.bits",
    },
    "bits of the host's width": {
      plan: (t) => t.kvm(cpu({ max_phys_addr: { mode: "passthrough", bits: 42 } })),
      message: "asks for 42 bits",
    },
  },
  passes: {
    "level 3": (t) => t.kvm(cpu({ cache: { mode: "emulate", level: 3 } })),
    "the host's caches": (t) => t.kvm(cpu({ cache: { mode: "passthrough" } })),
    "no caches": (t) => t.kvm(cpu({ mode: "custom", model: "Nehalem", cache: { mode: "disable" } })),
    widths: (t) =>
      t
        .kvm(cpu({ max_phys_addr: { mode: "emulate", bits: 42 } }))
        .kvm({ ...cpu({ max_phys_addr: { mode: "passthrough", limit: 40 } }), name: "b" }),
  },
  undetermined: {
    "a late level": (t) => t.kvm(cpu({ cache: { mode: "emulate", level: "${var.level}" } })),
    "a late mode": (t) => t.kvm(cpu({ max_phys_addr: { mode: "${var.mode}" } })),
  },
});
