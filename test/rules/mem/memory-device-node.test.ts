import { memoryDeviceNode } from "../../../lib/rules/mem/memory-device-node";
import { RuleTester } from "../../../lib/testing";

const cell = (id: number) => ({ id, cpus: String(id), memory: 1, unit: "GiB" });
const guest = (cells: unknown, ...nodes: unknown[]) => ({
  name: "a",
  cpu: { numa: { cell: cells } },
  devices: { memorydevs: nodes.map((node) => device("dimm", node)) },
});
const device = (model: string, node: unknown) => ({ model, target: { size: 1, size_unit: "GiB", node } });

RuleTester.run(memoryDeviceNode, {
  fails: {
    "a cell that is not there": {
      plan: (t) => t.kvm(guest([cell(0), cell(1)], 1, 2)),
      message: 'Memory device 1 of "a" (dimm) names NUMA cell 2, but the guest has 0-1 alone.',
      fix: "set it to 0-1, or add the cell",
      at: "devices.memorydevs[1].target.nodeAttribute",
    },
    "a negative one": (t) => t.kvm(guest([cell(0)], -1)),
    none: { plan: (t) => t.kvm(guest([cell(0)], null)), message: "names no NUMA cell", fix: "set it to 0" },
    "none for a virtio-mem device": (t) =>
      t.tcg({ ...guest([cell(0)]), devices: { memorydevs: [device("virtio-mem", null)] } }),
    "one for a device without": {
      plan: (t) => t.kvm({ ...guest([cell(0)]), devices: { memorydevs: [device("virtio-pmem", 0)] } }),
      message: "belongs to none",
      fix: "remove nodeAttribute",
    },
  },
  passes: {
    "cells of the guest": (t) => t.kvm(guest([cell(0), cell(1)], 0, 1)),
    "cells without ids": (t) =>
      t.kvm(
        guest(
          [
            { cpus: "0", memory: 1 },
            { cpus: "1", memory: 1 },
          ],
          1,
        ),
      ),
    "devices that need none": (t) =>
      t.kvm({
        ...guest([cell(0)]),
        devices: { memorydevs: [device("virtio-pmem", null), device("sgx-epc", null)] },
      }),
    "no cells, which another rule names": (t) => t.kvm({ devices: { memorydevs: [device("dimm", null)] } }),
    "no devices": (t) => t.kvm(),
  },
  undetermined: {
    "a node that is known only at apply": (t) => t.kvm(guest([cell(0)], "${var.node}")),
    "cells that are known only at apply": (t) => t.kvm(guest("${var.cells}", 1)),
    "devices that are known only at apply": (t) => t.kvm({ devices: { memorydevs: "${var.devices}" } }),
  },
});
