import { memoryDevicesFit } from "../../../lib/rules/mem/memory-devices-fit";
import { RuleTester } from "../../../lib/testing";

const dimm = (size = 1) => ({ model: "dimm", target: { size, size_unit: "GiB", node: 0 } });
const guest = (memorydevs: unknown, maximum?: number, slots?: unknown) => ({
  name: "a",
  cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2, unit: "GiB" }] } },
  ...(maximum && { maximum_memory: maximum, maximum_memory_unit: "GiB" }),
  ...(slots !== undefined && { maximum_memory_slots: slots }),
  devices: { memorydevs },
});

RuleTester.run(memoryDevicesFit, {
  fails: {
    "a device without memory hotplug": {
      plan: (t) => t.kvm(guest([dimm()])),
      message:
        '"a" has a memory device and no memory hotplug (maximumMemory and maximumMemorySlots) to plug into.',
      fix: "set maximumMemorySlots to 1 or more",
      at: "maximumMemory",
    },
    "limits of 0": (t) => t.kvm({ ...guest([dimm()], undefined, 0), maximum_memory: 0 }),
    "more devices than slots": {
      plan: (t) => t.kvm(guest([dimm(), dimm(), dimm()], 8, 2)),
      message: '"a" has 3 memory devices for 2 slots (maximumMemorySlots).',
      fix: "set maximumMemorySlots to 3 or more",
      at: "maximumMemorySlots",
    },
    "more memory than the maximum": {
      plan: (t) => t.tcg(guest([dimm(2), dimm(3)], 6, 2)),
      message: '"a" has 7 GiB in NUMA cells and memory devices, more than its maximumMemory of 6 GiB.',
      at: "maximumMemory",
    },
    both: { plan: (t) => t.kvm(guest([dimm(2), dimm(3)], 6, 1)), count: 2 },
  },
  passes: {
    "a slot and room for each": (t) => t.kvm(guest([dimm(2), dimm(2)], 6, 2)),
    "a missing number of slots, which another rule names": (t) => t.kvm(guest([dimm()], 8)),
    "no devices": (t) => t.kvm(guest([])).kvm(),
    "a Xen guest": (t) => t.xenHvm({ devices: { memorydevs: [dimm()] } }),
  },
  undetermined: {
    "slots that are known only at apply": (t) => t.kvm(guest([dimm()], 8, "${var.slots}")),
    "a size that is known only at apply": (t) =>
      t.kvm(guest([{ model: "dimm", target: { size: "${var.size}", node: 0 } }], 8, 1)),
    "devices that are known only at apply": (t) => t.kvm(guest("${var.devices}", 8, 1)),
  },
});
