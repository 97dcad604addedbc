import { isLate } from "../../plan/late";
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

/** A memory device takes a slot and room below the ceiling of memory hotplug. */
export const memoryDevicesFit = defineRule({
  code: "VIRT-MEM-005",
  slug: "memory-devices-fit",
  severity: "error",
  stage: "define",
  title: "Memory devices need memory hotplug with a slot for each and room for all",
  why: "A memory device (DIMM, NVDIMM, virtio-mem, virtio-pmem) is plugged into one of maximumMemorySlots, and cells and devices together may not exceed maximumMemory. libvirt refuses devices without these limits, more devices than slots, and more memory than the maximum.",
  fix: "Set maximumMemorySlots to at least the number of memory devices, and maximumMemory to at least all memory.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefValidateMemoryHotplug; domain_postparse.c virDomainDefPostParseMemory",
    "tried: libvirt 9.0.0, define of a DIMM without maximumMemory: cannot use/hotplug a memory device when domain 'maxMemory' is not defined; of two DIMMs with one slot: failed to find an empty memory slot; of two virtio-mem or virtio-pmem: memory device count '2' exceeds slots count '1'; of cells of 64 MiB and a DIMM of 128 MiB below 128 MiB: maximum memory size must be equal or greater than the actual memory size; below 192 MiB it starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.memorydevs"),
  *check(guest): Iterable<Outcome> {
    const { devices, maximumMemory, maximumMemoryUnit, maximumMemorySlots } = guest.domain;
    const memorydevs = devices?.memorydevs ?? [];
    if (memorydevs.length === 0) return yield notApplicable;
    const { label, memoryKiB } = guest;
    const count = memorydevs.length;
    if (memorydevs.some(isLate) || isLate(maximumMemorySlots) || isLate(maximumMemory)) {
      return yield undetermined("the memory devices or the limits of memory hotplug are known only at apply");
    }
    const devicesText = count === 1 ? "a memory device" : `${count} memory devices`;
    if (!maximumMemory && !maximumMemorySlots) {
      yield fail({
        at: "maximumMemory",
        message: `"${label}" has ${devicesText} and no memory hotplug (maximumMemory and maximumMemorySlots) to plug into.`,
        fix: `set maximumMemorySlots to ${count} or more and maximumMemory to all memory that the guest may ever have`,
      });
      return;
    }
    // Where one of the two is missing VIRT-MEM-003 says so.
    if (maximumMemorySlots && count > maximumMemorySlots) {
      yield fail({
        at: "maximumMemorySlots",
        message: `"${label}" has ${devicesText} for ${maximumMemorySlots} ${maximumMemorySlots === 1 ? "slot" : "slots"} (maximumMemorySlots).`,
        fix: `set maximumMemorySlots to ${count} or more`,
      });
    }
    const maximum = toKiB(maximumMemory, maximumMemoryUnit);
    if (isLate(maximum) || isLate(memoryKiB)) {
      yield undetermined("the guest's memory is known only at apply");
    } else if (maximum && memoryKiB !== undefined && memoryKiB > maximum) {
      yield fail({
        at: "maximumMemory",
        message: `"${label}" has ${formatKiB(memoryKiB as number)} in NUMA cells and memory devices, more than its maximumMemory of ${formatKiB(maximum as number)}.`,
        fix: `set maximumMemory to ${formatKiB(memoryKiB as number)} or more`,
      });
    } else yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ ...CELL, maximum_memory_slots: 1, devices: { memorydevs: [DIMM, DIMM] } }),
    good: (plan) => plan.kvm({ ...CELL, maximum_memory_slots: 2, devices: { memorydevs: [DIMM, DIMM] } }),
  },
});

const DIMM = { model: "dimm", target: { size: 1, size_unit: "GiB", node: 0 } };
const CELL = {
  maximum_memory: 8,
  maximum_memory_unit: "GiB",
  cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2097152, unit: "KiB" }] } },
};
