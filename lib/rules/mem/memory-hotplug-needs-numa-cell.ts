import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, pass, undetermined } from "../../rule";

/** Memory is plugged into a NUMA node; QEMU would silently make one, which libvirt does not let it. */
export const memoryHotplugNeedsNumaCell = defineRule({
  code: "VIRT-MEM-004",
  slug: "memory-hotplug-needs-numa-cell",
  severity: "error",
  stage: "define",
  title: "Memory hotplug needs a guest NUMA cell",
  why: "With maximumMemory and maximumMemorySlots a guest can get more memory while it runs, plugged into one of its NUMA nodes. libvirt refuses it for a guest without NUMA cells, on every architecture but POWER, and for Xen guests altogether.",
  fix: "Give the guest one NUMA cell with all its vCPUs and memory, or leave maximumMemory out.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefValidateMemoryHotplug, domain_postparse.c virDomainDefCheckUnsupportedMemoryHotplug",
    "tried: libvirt 9.0.0, define: At least one numa node has to be configured when enabling memory hotplug; with one cell it starts",
    "tried: Xen 4.17, libvirt 9.0.0, define: memory hotplug tunables <maxMemory> are not supported by this hypervisor driver",
  ],
  needs: ["guest"],
  on: having(guests, "maximumMemory", "maximumMemorySlots"),
  check: (guest) => {
    const { maximumMemory, maximumMemorySlots } = guest.domain;
    // A 0 asks for nothing.
    if (!maximumMemory && !maximumMemorySlots) return notApplicable;
    const asks = [maximumMemory, maximumMemorySlots].some(known);
    if (isLate(guest.domain.type)) return undetermined("the guest's type is known only at apply");
    const { arch, label } = guest;
    if (guest.isXen) {
      if (!asks) return undetermined("maximumMemory is known only at apply");
      return fail({
        at: "maximumMemory",
        message: `Xen guest "${label}" asks for memory hotplug (maximumMemory), which libvirt does not offer for Xen.`,
        fix: "remove maximumMemory and maximumMemorySlots; memory is the maximum of a Xen guest, and currentMemory what it starts with",
      });
    }
    if (!guest.isQemu || arch?.startsWith("ppc64")) return notApplicable;
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    if (cells.some((cell) => !isLate(cell))) return pass;
    // Cells that are late may turn out to be none.
    if (!asks || cells.length > 0 || isLate(arch)) {
      return undetermined("maximumMemory, the NUMA cells or the architecture are known only at apply");
    }
    return fail({
      at: "cpu.numa.cell",
      message: `"${label}" asks for memory hotplug (maximumMemory) without a NUMA cell to plug memory into.`,
      fix: `set cpu.numa.cell to [${oneCell(guest)}], or remove maximumMemory and maximumMemorySlots`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        maximum_memory: 8,
        maximum_memory_unit: "GiB",
        maximum_memory_slots: 4,
        memory: 4,
        vcpu: 4,
      }),
    good: (plan) =>
      plan.kvm({
        maximum_memory: 8,
        maximum_memory_unit: "GiB",
        maximum_memory_slots: 4,
        memory: 4,
        vcpu: 4,
        cpu: { numa: { cell: [{ id: 0, cpus: "0-3", memory: 4194304, unit: "KiB" }] } },
      }),
  },
});

/** The cell that holds all of the guest. */
function oneCell({ vcpus, domain: { memory, memoryUnit } }: PlanGuest): string {
  const last = (known(vcpus) ?? 1) - 1;
  return `{ id: 0, cpus: "${last === 0 ? "0" : `0-${last}`}", memory: ${known(memory) ?? "…"}, unit: "${known(memoryUnit) ?? "KiB"}" }`;
}
