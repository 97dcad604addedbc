import { isLate } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** Memory hotplug is a ceiling and a number of slots; the one means nothing without the other. */
export const memoryHotplugLimits = defineRule({
  code: "VIRT-MEM-003",
  slug: "memory-hotplug-limits",
  severity: "error",
  stage: "define",
  title: "Memory hotplug needs slots and a maximum above the guest's memory",
  why: "maximumMemory is how far the guest's memory can grow while it runs, maximumMemorySlots how many memory devices can be plugged in for that. libvirt wants both and a maximum that is not below the memory; QEMU does not start with slots and nothing to plug into them.",
  fix: "Set both, with a maximum above the memory, or neither.",
  sources: [
    "libvirt domain_postparse.c virDomainDefPostParseMemory",
    "tried: libvirt 9.0.0, define with one of the two: both maximum memory size and memory slot count must be specified; with a maximum below the memory: maximum memory size must be equal or greater than the actual memory size; equal, start: memory slots were specified but maximum memory size is equal to the initial memory size",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "maximumMemory", "maximumMemorySlots"),
  check: (guest) => {
    const { maximumMemory, maximumMemoryUnit, maximumMemorySlots, devices } = guest.domain;
    if (!maximumMemory && !maximumMemorySlots) return notApplicable;
    const { label, memoryKiB } = guest;
    if (isLate(maximumMemory) || isLate(maximumMemorySlots)) {
      return undetermined("maximumMemory or maximumMemorySlots are known only at apply");
    }
    if (!maximumMemory || !maximumMemorySlots) {
      const [given, missing] = maximumMemory
        ? ["maximumMemory", "maximumMemorySlots"]
        : ["maximumMemorySlots", "maximumMemory"];
      return fail({
        at: missing,
        message: `"${label}" gives ${given} without ${missing}: memory hotplug needs both.`,
        fix: `set ${missing}, or remove ${given}`,
      });
    }
    const maximum = toKiB(maximumMemory, maximumMemoryUnit);
    if (isLate(maximum) || isLate(memoryKiB)) {
      return undetermined("maximumMemory or the guest's memory are known only at apply");
    }
    if (maximum === undefined || memoryKiB === undefined) return notApplicable;
    const nothingPlugged = (devices?.memorydevs ?? []).length === 0;
    if (maximum > memoryKiB || (maximum === memoryKiB && !nothingPlugged)) return pass;
    return fail({
      at: "maximumMemory",
      message: `"${label}" can grow to ${formatKiB(maximum as number)} (maximumMemory), which is not above its memory of ${formatKiB(memoryKiB as number)}.`,
      fix: `set maximumMemory above ${formatKiB(memoryKiB as number)}, or remove it and maximumMemorySlots`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        maximum_memory: 2,
        maximum_memory_unit: "GiB",
        maximum_memory_slots: 4,
        cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 4194304, unit: "KiB" }] } },
      }),
    good: (plan) =>
      plan.kvm({
        maximum_memory: 8,
        maximum_memory_unit: "GiB",
        maximum_memory_slots: 4,
        cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 4194304, unit: "KiB" }] } },
      }),
  },
});
