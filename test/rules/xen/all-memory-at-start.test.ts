import { allMemoryAtStart } from "../../../lib/rules/xen/all-memory-at-start";
import { RuleTester } from "../../../lib/testing";

const pci = { devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 3 } } } }] } };
const numa = { cpu: { numa: { cell: [{ id: 0, cpus: "0", memory: 1, unit: "GiB" }] } } };
const passthrough = (state: string) => ({ features: { xen: { passthrough: { state } } } });
/** Of 1 GiB, which examples have. */
const half = { current_memory: 512, current_memory_unit: "MiB" };

RuleTester.run(allMemoryAtStart, {
  fails: {
    "a PCI device": {
      plan: (t) => t.xenHvm({ name: "a", ...half, ...pci }),
      severity: "error",
      message:
        'HVM guest "a" has a PCI device of the host and starts with 512 MiB of 1 GiB: Xen refuses the two together.',
      fix: "remove currentMemory (or set it to 1 GiB), or remove devices.hostdevs[0]",
      at: "currentMemory",
      places: ["a"],
    },
    "a network card of the host": (t) =>
      t.xenHvm({
        ...half,
        devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 3 } } } } }] },
      }),
    "a guest on ARM": {
      plan: (t) =>
        t
          .xenHost("arm1", { arch: "aarch64", facts: null })
          .xenPv({ name: "a", os: { type_arch: "aarch64" }, ...half }),
      message: 'Guest "a" is on ARM and starts with 512 MiB of 1 GiB: Xen refuses the two together.',
      fix: /^remove currentMemory \(or set it to 1 GiB\)$/,
    },
    "NUMA cells": { plan: (t) => t.xenPvh({ ...half, ...numa }), message: "has NUMA cells" },
    "passthrough switched on": {
      plan: (t) => t.xenHvm({ ...half, ...passthrough("on") }),
      fix: /features\.xen/,
    },
  },
  passes: {
    "all memory at start": (t) =>
      t.xenHvm(pci).xenHvm({ current_memory: 1, current_memory_unit: "GiB", ...pci }),
    "more than all, which libvirt lowers": (t) =>
      t.xenHvm({ current_memory: 2, current_memory_unit: "GiB", ...pci }),
    "no such device": (t) => t.xenHvm(half).xenHvm({ ...half, ...passthrough("off") }),
    "a PV guest": (t) => t.xenPv({ ...half, ...pci }),
    "a KVM guest": (t) => t.kvm({ ...half, ...pci }),
  },
  undetermined: {
    "late memory at start": {
      plan: (t) => t.xenHvm({ current_memory: "${var.memory}", ...pci }),
      reason: "the guest's memory is known only at apply",
    },
    "late passthrough": (t) => t.xenHvm({ ...half, ...passthrough("${var.state}") }),
    "late devices": {
      plan: (t) => t.xenHvm({ ...half, devices: { hostdevs: "${var.devices}" } }),
      reason: "the guest's host devices are known only at apply",
    },
    "a late kind of guest": (t) => t.xenHvm({ os: { type: "${var.type}" }, ...half, ...pci }),
  },
});
