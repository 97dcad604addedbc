import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { numbersOf, rangesOf } from "../cpu/cpu-set";

/** A vCPU in no cell is put into one that nobody chose. */
export const numaCellsCoverVcpus = defineRule({
  code: "VIRT-MEM-009",
  slug: "numa-cells-cover-vcpus",
  severity: "warning",
  stage: "advice",
  title: "Each vCPU should be in a NUMA cell of the guest",
  why: "QEMU puts a vCPU that no NUMA cell contains into cell 0. libvirt writes into its log that this will be an error, and starts the guest.",
  fix: "Let the cells contain all vCPUs, those that may be added later included.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefNumaCPUsPostParse; qemu_validate.c qemuValidateDomainVCpuTopology",
    "tried: libvirt 9.0.0, start of 4 vCPUs of which cells contain 2: it starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "cpu.numa"),
  check: (guest) => {
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    if (cells.length === 0) return notApplicable;
    const { vcpus, label } = guest;
    if (isLate(vcpus) || cells.some(({ cpus }) => isLate(cpus))) {
      return undetermined("the vCPUs or the NUMA cells are known only at apply");
    }
    const covered = new Set(cells.flatMap(({ cpus }) => (cpus ? (numbersOf(cpus) ?? []) : [])));
    const outside = [...Array(vcpus).keys()].filter((vcpu) => !covered.has(vcpu));
    // Cells without vCPUs leave all to QEMU.
    if (outside.length === 0 || covered.size === 0) return pass;
    return fail({
      at: "cpu.numa.cell",
      message: `vCPUs ${rangesOf(outside)} of "${label}" are in no NUMA cell.`,
      fix: `add them to the cpus of a cell, or set vcpu to ${vcpus - outside.length}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 8, cpu: { numa: { cell: [cell(0, "0-1"), cell(1, "2-3")] } } }),
    good: (plan) => plan.kvm({ vcpu: 8, cpu: { numa: { cell: [cell(0, "0-3"), cell(1, "4-7")] } } }),
  },
});

function cell(id: number, cpus: string) {
  return { id, cpus, memory: 1048576, unit: "KiB" };
}
