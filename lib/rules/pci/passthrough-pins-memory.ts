import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { hostDevicesOf, withHostDevices } from "./host-devices";

/** A device may write to any page of its guest at any time, so that each of them must stay where it is. */
export const passthroughPinsMemory = defineRule({
  code: "VIRT-PCI-013",
  slug: "passthrough-pins-memory",
  severity: "warning",
  stage: "advice",
  title: "A guest with a passed-through PCI device keeps all of its memory",
  why: "VFIO pins all memory of the guest when it starts, because the device reaches it by itself. A balloon that should hold back a part (currentMemory below memory) gives nothing to the host: QEMU switches it off for such a guest. Capacity must count the whole memory.",
  fix: "Set currentMemory to memory, or leave it out.",
  sources: [
    "QEMU hw/vfio/common.c vfio_container_connect: ram_block_discard_disable, qemu_balloon_inhibit",
    "Red Hat Enterprise Linux 6, Virtualization Administration Guide: overcommitting with device assignment",
    "not tried: the host that was tried has no IOMMU",
  ],
  needs: ["guest"],
  on: withHostDevices(qemuGuests),
  check: (guest, plan) => {
    const device = hostDevicesOf(plan, guest).find(({ kind }) => kind === "pci");
    if (!device) return notApplicable;
    const { memoryKiB, currentMemoryKiB, label } = guest;
    if (isLate(memoryKiB) || isLate(currentMemoryKiB)) {
      return undetermined("the memory of a guest is known only at apply");
    }
    if (memoryKiB === undefined || currentMemoryKiB === undefined || currentMemoryKiB >= memoryKiB)
      return pass;
    return fail({
      at: "currentMemory",
      message: `"${label}" has ${device.label} and a balloon down to ${formatKiB(currentMemoryKiB as number)}, but the device pins all ${formatKiB(memoryKiB as number)}.`,
      fix: `set currentMemory to ${formatKiB(memoryKiB as number)}, or remove it`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ current_memory: 1, current_memory_unit: "GiB", devices: { hostdevs: [GPU] } }),
    good: (plan) => plan.kvm({ devices: { hostdevs: [GPU] } }),
  },
});

const GPU = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 0x65, slot: 0, function: 0 } } },
};
