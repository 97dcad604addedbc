import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { hostDeviceExists } from "../../../lib/rules/pci/host-device-exists";
import { RuleTester } from "../../../lib/testing";

const captured = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12"));
const given = (...hostdevs: unknown[]) => ({ name: "gpu1", devices: { hostdevs } });
const pci = (bus: unknown, slot = 0) => ({ subsys_pci: { source: { address: { bus, slot } } } });
const facts = {
  nodeDevices: [
    { name: "pci_0000_65_00_0", kind: "pci" as const, pciAddress: "0000:65:00.0" },
    { name: "pci_0000_00_1c_0", kind: "pci" as const, pciAddress: "0000:00:1c.0", pciBridge: true },
  ],
};

RuleTester.run(hostDeviceExists, {
  fails: {
    "an address without a device": {
      plan: (t) => t.kvmHost("h1", { facts }).kvm(given(pci(0x65), pci(0x66))),
      severity: "error",
      message: '"gpu1" is given PCI device 0000:66:00.0, but "h1" has no device at that address.',
      fix: "virsh nodedev-list --cap pci shows on h1",
      at: "devices.hostdevs[1]",
      places: ["gpu1"],
    },
    "a bridge": {
      plan: (t) => t.kvmHost("h1", { facts }).kvm(given(pci(0, 0x1c))),
      message: '"gpu1" is given PCI device 0000:00:1c.0 of "h1", which is a bridge or port.',
      fix: "pass the device behind it",
    },
    "an address that a captured host does not have": (t) =>
      t.kvmHost("h1", { facts: captured }).kvm(given(pci(0x65))),
    "an interface on an address without a device": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts })
          .kvm({ devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 3 } } } } }] } }),
      at: "devices.interfaces[0]",
    },
    "a Xen guest": (t) => t.xenHost("x1", { facts }).xenHvm(given(pci(0x66))),
  },
  passes: {
    "a device that is there": (t) => t.kvmHost("h1", { facts }).kvm(given(pci(0x65))),
    "a device of a captured host": (t) => t.kvmHost("h1", { facts: captured }).kvm(given(pci(0, 3))),
    "devices of other kinds, on a host without facts": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm(given({ subsys_usb: { source: { address: { bus: 1, device: 2 } } } })),
    "a device without an address: that is another rule's": (t) =>
      t.kvmHost("h1", { facts }).kvm(given({ subsys_pci: {} })),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(given(pci(0x65))),
      reason: 'needs facts of "h1"',
    },
    "an address known only at apply": {
      plan: (t) => t.kvmHost("h1", { facts }).kvm(given(pci("${var.bus}"))),
      reason: "a host device is known only at apply",
    },
    "a host whose devices were not captured": (t) => t.kvmHost("h1").kvm(given(pci(0x65))),
  },
});
