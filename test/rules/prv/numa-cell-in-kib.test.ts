import { numaCellInKib } from "../../../lib/rules/prv/numa-cell-in-kib";
import { RuleTester } from "../../../lib/testing";

const cell = (memory: unknown, unit: string | null) => ({
  cpu: { numa: { cell: [{ id: 0, cpus: "0", memory, unit }] } },
});

RuleTester.run(numaCellInKib, {
  fails: {
    GiB: {
      plan: (t) => t.kvm({ name: "web", ...cell(2, "GiB") }),
      message: 'cpu.numa.cell[0].unit of "web" is "GiB" and comes back as "KiB"',
      fix: 'write memory 2097152 with unit "KiB"',
      at: "cpu.numa.cell[0].unit",
    },
    "another word for KiB": { plan: (t) => t.kvm(cell(2, "k")), fix: 'write memory 2 with unit "KiB"' },
    "no unit of libvirt": { plan: (t) => t.kvm(cell(2, "pages")), fix: 'write the memory with unit "KiB"' },
  },
  passes: {
    KiB: (t) => t.kvm(cell(1024, "KiB")),
    "no unit": (t) => t.kvm(cell(1024, null)),
  },
  undetermined: { "a late unit": (t) => t.kvm(cell(1024, "${var.unit}")) },
});
