import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesMemorydevs } from "../../provider/domain";
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
import { rangesOf } from "../cpu/cpu-set";

/** Their memory belongs to no node. */
const WITHOUT_NODE = ["virtio-pmem"];
/** It is memory of the processor, which may belong to a node. */
const NODE_OPTIONAL = ["sgx-epc"];

/** A memory device adds to the memory of a node of the guest. */
export const memoryDeviceNode = defineRule({
  code: "VIRT-MEM-006",
  slug: "memory-device-node",
  severity: "error",
  stage: "define",
  title: "A memory device must name a NUMA cell of the guest",
  why: "The memory of a DIMM, an NVDIMM or a virtio-mem device belongs to one of the guest's NUMA cells. libvirt refuses a device that names none where the guest has cells, and one that names a cell which is not there. A virtio-pmem device belongs to none.",
  fix: "Set target.nodeAttribute to the id of one of the cells in cpu.numa.cell.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefValidateMemoryHotplugDevice, qemuBuildMemoryBackendProps; domain_validate.c virDomainMemoryDefValidate",
    "tried: libvirt 9.0.0, define of a DIMM, an NVDIMM and a virtio-mem device without node: target NUMA node needs to be specified for memory device; of node 1 and 5 with one cell: can't add memory backend for guest node '1' as the guest has only '1' NUMA nodes configured; of node -1: invalid value of memory device node; of virtio-pmem with a node: virtio-pmem does not support NUMA nodes",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.memorydevs"),
  check: (guest) => {
    const memorydevs = guest.domain.devices?.memorydevs ?? [];
    if (memorydevs.length === 0) return notApplicable;
    return memorydevs.map((device, index) => checkDevice(guest, device, index));
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ ...CELL, devices: { memorydevs: [{ model: "dimm", target: { ...GIB, node: 1 } }] } }),
    good: (plan) =>
      plan.kvm({ ...CELL, devices: { memorydevs: [{ model: "dimm", target: { ...GIB, node: 0 } }] } }),
  },
});

const GIB = { size: 1, size_unit: "GiB" };
const CELL = {
  maximum_memory: 8,
  maximum_memory_unit: "GiB",
  maximum_memory_slots: 1,
  cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 2097152, unit: "KiB" }] } },
};

function checkDevice(guest: PlanGuest, device: Planned<DomainDevicesMemorydevs>, index: number): Outcome {
  const { label, domain } = guest;
  const cells = domain.cpu?.numa?.cell ?? [];
  const node = device.target?.nodeAttribute;
  if (isLate(device.model) || isLate(node) || cells.some((cell) => isLate(cell) || isLate(cell.id))) {
    return undetermined("a memory device or the NUMA cells are known only at apply");
  }
  const at = `devices.memorydevs[${index}].target.nodeAttribute`;
  const what = `Memory device ${index} of "${label}" (${device.model})`;
  if (WITHOUT_NODE.includes(device.model)) {
    if (node === undefined) return pass;
    return fail({
      at,
      message: `${what} names NUMA cell ${node}, but such a device belongs to none.`,
      fix: "remove nodeAttribute",
    });
  }
  const [ids, choice] = [cells.map((_, id) => id), `set it to ${rangesOf(cells.map((_, id) => id))}`];
  if (node === undefined) {
    // Without cells there is nothing to plug into: VIRT-MEM-004.
    if (cells.length === 0 || NODE_OPTIONAL.includes(device.model)) return pass;
    return fail({ at, message: `${what} names no NUMA cell (target.nodeAttribute).`, fix: choice });
  }
  if (cells.length === 0 || ids.includes(node)) return pass;
  return fail({
    at,
    message: `${what} names NUMA cell ${node}, but the guest has ${rangesOf(ids)} alone.`,
    fix: `${choice}, or add the cell to cpu.numa.cell`,
  });
}
