import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";
import { numbersOf, rangesOf, setFault } from "../cpu/cpu-set";

/** NUMA cells share out the vCPUs of a guest, each to one of them. */
export const numaCellsWellFormed = defineRule({
  code: "VIRT-MEM-008",
  slug: "numa-cells-well-formed",
  severity: "error",
  stage: "define",
  title: "NUMA cells are numbered from 0 on, have memory, and share no vCPU",
  why: "libvirt wants the ids of NUMA cells to be 0, 1, 2 and so on, in any order, and numbers by itself cells that have none. A vCPU belongs to one cell and must be one of the guest's. A cell may have no vCPUs, but not no memory.",
  fix: "Number the cells from 0 on and give each vCPU to one of them.",
  sources: [
    "libvirt numa_conf.c virDomainNumaDefParseXML, virDomainNumaDefValidate; domain_conf.c virDomainDefParseXML",
    "tried: libvirt 9.0.0, define of ids 0 and 2, of 1 alone: Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges are not allowed; of 0 twice: Duplicate NUMA cell info; of cpus 0-2 and 2-3: NUMA cells 1 and 0 have overlapping vCPU ids; of vCPU 4 of 4: Number of CPUs in <numa> exceeds the <vcpu> count; of cpus x: Failed to parse bitmap; ids 1 and 0, no ids, one of two, and cells without cpus are accepted",
  ],
  needs: ["guest"],
  on: having(guests, "cpu.numa"),
  *check(guest): Iterable<Outcome> {
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    if (cells.length === 0) return yield notApplicable;
    yield* checkIds(guest);
    const { label } = guest;
    const vcpus = known(guest.vcpus);
    const owner = new Map<number, number>();
    for (const [index, { cpus, memory }] of cells.entries()) {
      const at = `cpu.numa.cell[${index}]`;
      if (memory === undefined) {
        yield fail({
          at: `${at}.memory`,
          message: `NUMA cell ${index} of "${label}" has no memory.`,
          fix: "give the cell its share of the guest's memory",
        });
      }
      if (isLate(cpus)) {
        yield undetermined("the vCPUs of a NUMA cell are known only at apply");
        continue;
      }
      if (!cpus) continue;
      const fault = setFault(cpus);
      const numbers = fault ? [] : numbersOf(cpus)!;
      if (fault && !fault.startsWith("is empty")) {
        yield fail({
          at: `${at}.cpus`,
          message: `${at}.cpus of "${label}" is "${cpus}", which ${fault}.`,
          fix: "give numbers and ranges with commas between them, such as 0-3,8",
        });
      }
      const shared = numbers.filter((vcpu) => owner.has(vcpu));
      for (const vcpu of numbers) if (!owner.has(vcpu)) owner.set(vcpu, index);
      if (shared.length > 0) {
        yield fail({
          at: `${at}.cpus`,
          message: `NUMA cells ${owner.get(shared[0]!)} and ${index} of "${label}" both contain vCPU ${rangesOf(shared)}.`,
          fix: "give each vCPU to one cell",
        });
      }
      const beyond = vcpus === undefined ? [] : numbers.filter((vcpu) => vcpu >= vcpus);
      if (vcpus === undefined) yield undetermined("the number of vCPUs is known only at apply");
      else if (beyond.length > 0) {
        yield fail({
          at: `${at}.cpus`,
          message: `NUMA cell ${index} of "${label}" contains vCPU ${rangesOf(beyond)}, but the guest has ${vcpus} (${rangesOf([...Array(vcpus).keys()])}).`,
          fix: `choose from ${rangesOf([...Array(vcpus).keys()])}, or raise vcpu to ${Math.max(...beyond) + 1}`,
        });
      } else yield pass;
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 4, cpu: { numa: { cell: [cell(0, "0-2"), cell(1, "2-3")] } } }),
    good: (plan) => plan.kvm({ vcpu: 4, cpu: { numa: { cell: [cell(0, "0-1"), cell(1, "2-3")] } } }),
  },
});

function cell(id: number, cpus: string) {
  return { id, cpus, memory: 1048576, unit: "KiB" };
}

/** libvirt gives a cell without an id the number of its place. */
function* checkIds({ domain, label }: PlanGuest): Iterable<Outcome> {
  const cells = domain.cpu?.numa?.cell ?? [];
  if (cells.some(({ id }) => isLate(id))) {
    yield undetermined("the id of a NUMA cell is known only at apply");
    return;
  }
  const ids = cells.map(({ id }, index) => (id as number | undefined) ?? index);
  const wrong = ids.findIndex((id, index) => id < 0 || id >= cells.length || ids.indexOf(id) !== index);
  if (wrong < 0) return;
  const twice = ids.indexOf(ids[wrong]!) !== wrong;
  yield fail({
    at: `cpu.numa.cell[${wrong}].id`,
    message: twice
      ? `Two NUMA cells of "${label}" have id ${ids[wrong]}: cpu.numa.cell[${ids.indexOf(ids[wrong]!)}] and cpu.numa.cell[${wrong}].`
      : `NUMA cell ${ids[wrong]} of "${label}" is one of ${cells.length}; ids are ${rangesOf(ids.map((_, index) => index))}.`,
    fix: `number the cells ${rangesOf(ids.map((_, index) => index))}, or leave out id`,
  });
}
