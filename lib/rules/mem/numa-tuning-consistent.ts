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
import { rangesOf, setFault } from "../cpu/cpu-set";
import { anyOf } from "../hyp/offers";

const MODES = ["strict", "preferred", "interleave", "restrictive"];

/** Where the guest's memory lies is said for all of it, or for each of its NUMA cells. */
export const numaTuningConsistent = defineRule({
  code: "VIRT-MEM-010",
  slug: "numa-tuning-consistent",
  severity: "error",
  stage: "define",
  title: "NUMA tuning names host nodes, and cells of the guest, each once",
  why: "numaTune.memory with static placement, which is the default, needs a nodeset. Each of memNodes is for a cell that the guest has, names host nodes, and does not go with automatic placement. Where the mode for all memory is restrictive, that of each cell is, too.",
  fix: "Give a nodeset, or placement auto without memNodes; name each NUMA cell of the guest once.",
  sources: [
    "libvirt numa_conf.c virDomainNumatuneParseXML, virDomainNumatuneNodeParseXML, virDomainNumatuneSet; virbitmap.c virBitmapParse",
    "tried: libvirt 9.0.0, define of no nodeset: nodeset for NUMA memory tuning must be set if 'placement' is 'static'; of memnode without cells: invalid without any guest NUMA cells; for cell 2 of 2: must correspond to existing guest's NUMA cell; twice: Multiple memnode elements with cellid 0; without nodeset: Missing required nodeset attribute; with placement auto, and with vcpu placement auto and no nodeset: Per-node binding is not compatible with automatic NUMA placement; of restrictive for all and strict for a cell: 'restrictive' mode is required in memnode element; of mode hard: Unsupported NUMA memory tuning mode",
    "tried: strict for all and restrictive for a cell is accepted, and so is a memory element without anything",
  ],
  needs: ["guest"],
  on: having(guests, "numaTune"),
  *check(guest): Iterable<Outcome> {
    const { numaTune } = guest.domain;
    if (numaTune === undefined) return yield notApplicable;
    yield* checkMemory(guest);
    yield* checkNodes(guest);
  },
  examples: {
    bad: (plan) => plan.kvm({ numa_tune: { mem_nodes: [{ cell_id: 0, mode: "strict", nodeset: "0" }] } }),
    good: (plan) =>
      plan.kvm({
        numa_tune: { mem_nodes: [{ cell_id: 0, mode: "strict", nodeset: "0" }] },
        cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2097152, unit: "KiB" }] } },
      }),
  },
});

function* checkMemory(guest: PlanGuest): Iterable<Outcome> {
  const memory = guest.domain.numaTune?.memory;
  if (memory === undefined) return;
  const { label } = guest;
  const { mode, placement, nodeset } = memory;
  yield checkMode(guest, "numaTune.memory.mode", mode);
  if (isLate(placement) || isLate(nodeset)) {
    yield undetermined("numaTune.memory is known only at apply");
    return;
  }
  // vCPUs that are placed automatically take the memory along.
  const automatic =
    placement === "auto" || (placement === undefined && guest.domain.vcpuPlacement === "auto");
  if (nodeset) yield checkSet(guest, "numaTune.memory.nodeset", nodeset);
  else if (!automatic && (mode !== undefined || placement !== undefined)) {
    if (placement === undefined && isLate(guest.domain.vcpuPlacement)) {
      yield undetermined("vcpuPlacement is known only at apply");
      return;
    }
    yield fail({
      at: "numaTune.memory.nodeset",
      message: `numaTune.memory of "${label}" has ${placement ? `placement ${placement}` : `mode ${mode}`} and no nodeset.`,
      fix: 'set numaTune.memory.nodeset to nodes of the host, such as "0", or placement to "auto"',
    });
  } else yield pass;
}

function* checkNodes(guest: PlanGuest): Iterable<Outcome> {
  const { label, domain } = guest;
  const { memory, memNodes = [] } = domain.numaTune ?? {};
  if (memNodes.length === 0) return;
  const cells = domain.cpu?.numa?.cell ?? [];
  if (cells.length === 0) {
    yield fail({
      at: "numaTune.memNodes",
      message: `"${label}" binds the memory of NUMA cells (numaTune.memNodes) and has none (cpu.numa.cell).`,
      fix: "add the cells, or use numaTune.memory for all of the guest's memory",
    });
    return;
  }
  const lateCells = cells.some((cell) => isLate(cell));
  if (isAutomatic(guest)) {
    yield fail({
      at: "numaTune.memNodes",
      message: `"${label}" binds the memory of its NUMA cells (numaTune.memNodes) and leaves placement to libvirt (auto).`,
      fix: "remove memNodes, or the automatic placement",
    });
  }
  const seen = new Map<number, number>();
  for (const [index, { cellId, mode, nodeset }] of memNodes.entries()) {
    const at = `numaTune.memNodes[${index}]`;
    yield checkMode(guest, `${at}.mode`, mode);
    yield checkSet(guest, `${at}.nodeset`, nodeset);
    if (isLate(cellId) || lateCells) {
      yield undetermined("a NUMA cell is known only at apply");
      continue;
    }
    const first = seen.get(cellId);
    seen.set(cellId, first ?? index);
    if (first !== undefined) {
      yield fail({
        at: `${at}.cellId`,
        message: `NUMA cell ${cellId} of "${label}" is bound twice, by numaTune.memNodes[${first}] and ${at}.`,
        fix: "keep one of them",
      });
    } else if (!(cellId >= 0 && cellId < cells.length)) {
      const ids = rangesOf(cells.map((_, id) => id));
      yield fail({
        at: `${at}.cellId`,
        message: `${at} of "${label}" is for NUMA cell ${cellId}, but the guest has ${ids} alone.`,
        fix: `set it to one of ${ids}, or add the cell`,
      });
    }
    if (memory?.mode === "restrictive" && known(mode) !== undefined && mode !== "restrictive") {
      yield fail({
        at: `${at}.mode`,
        message: `${at} of "${label}" has mode ${mode}, while numaTune.memory has restrictive, which then holds for each cell.`,
        fix: 'set both to "restrictive", or neither',
      });
    }
  }
}

/** Whether libvirt asks numad where the memory goes. */
function isAutomatic({ domain: { numaTune, vcpuPlacement } }: PlanGuest): boolean {
  const { placement, nodeset } = numaTune?.memory ?? {};
  if (placement !== undefined) return placement === "auto";
  return vcpuPlacement === "auto" && nodeset === undefined;
}

function checkMode({ label }: PlanGuest, at: string, mode: string | undefined): Outcome {
  if (mode === undefined || MODES.includes(mode)) return pass;
  if (isLate(mode)) return undetermined("a mode of NUMA tuning is known only at apply");
  return fail({
    at,
    message: `${at} of "${label}" is "${mode}"; it can be ${anyOf(MODES)}.`,
    fix: `use ${anyOf(MODES)}`,
  });
}

function checkSet({ label }: PlanGuest, at: string, set: string | undefined): Outcome {
  if (isLate(set)) return undetermined("a nodeset is known only at apply");
  const fault = set ? setFault(set) : "is missing";
  if (fault === undefined) return pass;
  return fail({
    at,
    message: `${at} of "${label}" ${set ? `is "${set}", which ${fault}` : fault}.`,
    fix: "give numbers and ranges with commas between them, such as 0-1",
  });
}
