import { isLate, known } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { numbersOf, rangesOf, setFault } from "../cpu/cpu-set";

/** Each cell of the guest takes its memory from pages of one size. */
export const hugepagesPerCell = defineRule({
  code: "VIRT-MEM-014",
  slug: "hugepages-per-cell",
  severity: "error",
  stage: "define",
  title: "Each NUMA cell takes huge pages of one size, and one size is the default",
  why: "Sizes of huge pages are given for NUMA cells of the guest (nodeset), and one without nodeset for all the others. libvirt refuses two defaults, two sizes for one cell, a cell that the guest does not have, and a size of 0. A guest without cells counts as cell 0.",
  fix: "Give each size the cells that are for it, and at most one size none.",
  sources: [
    "libvirt domain_validate.c virDomainDefMemtuneValidate; virbitmap.c virBitmapParse",
    "tried: libvirt 9.0.0, define of two sizes without nodeset: two master hugepages detected; of 0-1 and 1: nodeset attribute of hugepages intersect; of node 2 of 2, and of 1 without cells: hugepages: node 2 not found; of size 0: hugepage size can't be zero; nodeset 0 without cells is accepted",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "memoryBacking.memoryHugePages"),
  *check(guest): Iterable<Outcome> {
    const pages = guest.domain.memoryBacking?.memoryHugePages?.hugepages ?? [];
    if (pages.length === 0) return yield notApplicable;
    const { label, domain } = guest;
    const cells = domain.cpu?.numa?.cell ?? [];
    const last = Math.max(cells.length, 1) - 1;
    const lateCells = cells.some((cell) => isLate(cell));
    let standard: number | undefined;
    const owner = new Map<number, number>();
    for (const [index, { size, unit, nodeset }] of pages.entries()) {
      const at = `memoryBacking.memoryHugePages.hugepages[${index}]`;
      const name = sizeText(pages[index]!);
      if (isLate(size) || isLate(nodeset) || isLate(unit)) {
        yield undetermined("the huge pages of a guest are known only at apply");
      }
      if (!size) {
        yield fail({
          at: `${at}.size`,
          message: `${at} of "${label}" has size ${size ?? "of nothing"}.`,
          fix: 'set size and unit, such as 2 and "MiB"',
        });
      }
      if (isLate(nodeset)) continue;
      if (!nodeset) {
        if (standard !== undefined) {
          yield fail({
            at: `${at}.nodeset`,
            message: `"${label}" has two sizes of huge pages for all cells: ${sizeText(pages[standard]!)} and ${name}.`,
            fix: "set nodeset of one of them to the cells that it is for, or remove it",
          });
        }
        standard ??= index;
        continue;
      }
      const fault = setFault(nodeset);
      if (fault !== undefined) {
        yield fail({
          at: `${at}.nodeset`,
          message: `${at}.nodeset of "${label}" is "${nodeset}", which ${fault}.`,
          fix: "give numbers and ranges with commas between them, such as 0-1",
        });
        continue;
      }
      const nodes = numbersOf(nodeset) ?? [];
      const twice = nodes.find((node) => owner.has(node));
      if (twice !== undefined) {
        yield fail({
          at: `${at}.nodeset`,
          message: `NUMA cell ${twice} of "${label}" is given huge pages of ${sizeText(pages[owner.get(twice)!]!)} and of ${name}.`,
          fix: "give each cell one size",
        });
      }
      for (const node of nodes) if (!owner.has(node)) owner.set(node, index);
      const missing = nodes.filter((node) => node > last);
      if (lateCells) yield undetermined("the NUMA cells of a guest are known only at apply");
      else if (missing.length > 0) {
        yield fail({
          at: `${at}.nodeset`,
          message: `Huge pages of ${name} are for NUMA cell ${rangesOf(missing)} of "${label}", which has ${
            cells.length === 0
              ? "no cells and counts as cell 0"
              : `${rangesOf(cells.map((_, id) => id))} alone`
          }.`,
          fix: `choose from ${rangesOf([...Array(last + 1).keys()])}, or add the cell to cpu.numa.cell`,
        });
      } else yield pass;
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB", nodeset: "1" }] } },
      }),
    good: (plan) =>
      plan.kvm({
        memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB", nodeset: "0" }] } },
      }),
  },
});

function sizeText({ size, unit }: { readonly size?: unknown; readonly unit?: string }): string {
  const kib = toKiB(known(size) as number | undefined, unit);
  return kib === undefined || isLate(kib) ? "another size" : formatKiB(kib as number);
}
