import { memoryHasUnit } from "../../../lib/rules/prv/memory-has-unit";
import { RuleTester } from "../../../lib/testing";

const memory = (size: unknown, unit: string | null = null) => ({
  name: "web",
  memory: size,
  memory_unit: unit,
});

RuleTester.run(memoryHasUnit, {
  fails: {
    "2048 without unit": {
      plan: (t) => t.kvm(memory(2048)),
      message: '"web" has memory 2048 without a unit, which is 2 MiB.',
      fix: 'set memoryUnit to "MiB" for 2 GiB',
      at: "memory",
    },
    "the last size below 16 MiB": (t) => t.xenPv(memory(16 * 1024 - 1)),
  },
  passes: {
    "16 MiB in KiB": (t) => t.kvm(memory(16 * 1024)),
    "2048 MiB": (t) => t.kvm(memory(2048, "MiB")),
    "2048 KiB that are meant": (t) => t.kvm(memory(2048, "KiB")),
    "a unit that is late": (t) => t.kvm(memory(2048, "${var.unit}")),
    "no memory": (t) => t.kvm(memory(null)),
  },
  undetermined: { "memory that is late": (t) => t.kvm(memory("${var.memory}")) },
});
