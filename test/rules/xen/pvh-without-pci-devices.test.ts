import { pvhWithoutPciDevices } from "../../../lib/rules/xen/pvh-without-pci-devices";
import { RuleTester } from "../../../lib/testing";

const pci = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};
const usb = { subsys_usb: { source: { address: { bus: 1, device: 2 } } } };
const nic = { source: { hostdev: { pci: { address: { bus: 3 } } } } };

RuleTester.run(pvhWithoutPciDevices, {
  fails: {
    "a PCI device": {
      plan: (t) => t.xenPvh({ name: "nic1", devices: { hostdevs: [usb, pci] } }),
      severity: "error",
      message: 'PVH guest "nic1" is given a PCI device of the host: Xen passes none through to PVH guests.',
      fix: 'use XenHvmGuest or XenPvGuest for "nic1", or remove devices.hostdevs[1]',
      at: "devices.hostdevs[1]",
      places: ["nic1"],
    },
    "a network interface that is a device of the host": {
      plan: (t) => t.xenPvh({ devices: { interfaces: [{ source: { bridge: { bridge: "br0" } } }, nic] } }),
      at: "devices.interfaces[1]",
    },
    "passthrough that is switched on": {
      plan: (t) => t.xenPvh({ name: "a", features: { xen: { passthrough: { state: "on" } } } }),
      message: 'PVH guest "a" is given passthrough: Xen passes none through to PVH guests.',
      at: "features.xen.passthrough",
    },
    "each of several": {
      plan: (t) => t.xenPvh({ devices: { hostdevs: [pci, pci], interfaces: [nic] } }),
      count: 3,
    },
    "an address that is known only at apply: the device is there": (t) =>
      t.xenPvh({ devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: "${var.bus}" } } } }] } }),
  },
  passes: {
    "PVH without host devices": (t) =>
      t.xenPvh().xenPvh({ features: { xen: { passthrough: { state: "off" } } } }),
    "PVH with a USB device": (t) => t.xenPvh({ devices: { hostdevs: [usb] } }),
    "PVH with an interface of another kind": (t) =>
      t.xenPvh({ devices: { interfaces: [{ source: { hostdev: {} } }] } }),
    "HVM and PV with a PCI device": (t) =>
      t.xenHvm({ devices: { hostdevs: [pci] } }).xenPv({ devices: { hostdevs: [pci], interfaces: [nic] } }),
    "KVM with a PCI device": (t) => t.kvm({ devices: { hostdevs: [pci] } }),
    "a late kind of guest without host devices": (t) => t.xenPvh({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "host devices that are known only at apply": {
      plan: (t) => t.xenPvh({ devices: { hostdevs: "${var.devices}" } }),
      reason: "the guest's host devices are known only at apply",
    },
    "late passthrough": {
      plan: (t) => t.xenPvh({ features: { xen: { passthrough: { state: "${var.state}" } } } }),
      reason: "the guest's host devices are known only at apply",
    },
    "interfaces that are known only at apply": {
      plan: (t) => t.xenPvh({ devices: { interfaces: "${var.nics}" } }),
      reason: "the guest's host devices are known only at apply",
    },
    "a late kind of guest with a PCI device": {
      plan: (t) => t.xenPvh({ os: { type: "${var.type}" }, devices: { hostdevs: [pci] } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
