import { passthroughPinsMemory } from "../../../lib/rules/pci/passthrough-pins-memory";
import { RuleTester } from "../../../lib/testing";

const PCI = { subsys_pci: { source: { address: { bus: 0x65 } } } };
const guest = (current_memory: unknown, ...hostdevs: unknown[]) => ({
  name: "a",
  memory: 8,
  current_memory,
  current_memory_unit: "GiB",
  devices: { hostdevs },
});

RuleTester.run(passthroughPinsMemory, {
  fails: {
    "a balloon": {
      plan: (t) => t.kvm(guest(4, PCI)),
      message: '"a" has PCI device 0000:65:00.0 and a balloon down to 4 GiB, but the device pins all 8 GiB.',
      fix: "set currentMemory to 8 GiB, or remove it",
      at: "currentMemory",
      severity: "warning",
    },
    "an interface that is a device": (t) =>
      t.tcg({
        ...guest(4),
        devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 1 } } } } }] },
      }),
  },
  passes: {
    "all memory": (t) => t.kvm(guest(8, PCI)).kvm({ memory: 8, devices: { hostdevs: [PCI] } }),
    "a balloon without a device": (t) => t.kvm(guest(4)),
    "a USB device": (t) => t.kvm(guest(4, { subsys_usb: { source: { address: { bus: 1, device: 2 } } } })),
    "a Xen guest": (t) => t.xenHvm(guest(1, PCI)),
  },
  undetermined: { "memory that is known only at apply": (t) => t.kvm(guest("${var.memory}", PCI)) },
});
