import { hostDeviceListedOnce } from "../../../lib/rules/pci/host-device-listed-once";
import { RuleTester } from "../../../lib/testing";

const given = (...hostdevs: unknown[]) => ({ name: "gpu1", devices: { hostdevs } });
const pci = (bus: unknown) => ({ subsys_pci: { source: { address: { bus } } } });
const usb = { subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } };

RuleTester.run(hostDeviceListedOnce, {
  fails: {
    "a PCI device twice": {
      plan: (t) => t.kvm(given(pci(1), pci(2), pci(1))),
      severity: "error",
      message: '"gpu1" lists PCI device 0000:01:00.0 2 times.',
      fix: "remove all but one of the entries",
      at: "devices.hostdevs[2]",
      places: ["gpu1"],
    },
    "a USB device twice": (t) => t.kvm(given(usb, usb)),
    "a device and an interface that is the same": {
      plan: (t) =>
        t.kvm({
          devices: {
            hostdevs: [pci(3)],
            interfaces: [{ source: { hostdev: { pci: { address: { bus: 3 } } } } }],
          },
        }),
      at: "devices.interfaces[0]",
    },
    "two pairs": { plan: (t) => t.kvm(given(usb, pci(1), usb, pci(1))), count: 2 },
    "a Xen guest": (t) => t.xenHvm(given(pci(1), pci(1))),
  },
  passes: {
    "different devices": (t) => t.kvm(given(pci(1), pci(2), usb)),
    "one device in two guests: that is another rule's": (t) => t.kvm(given(pci(1))).kvm(given(pci(1))),
    "a single device known only at apply": (t) => t.kvm(given(pci("${var.bus}"))),
    "devices without an address": (t) => t.kvm(given({ subsys_pci: {} }, { subsys_pci: {} })),
    "no host devices": (t) => t.kvm(),
  },
  undetermined: {
    "a device known only at apply beside another": {
      plan: (t) => t.kvm(given(pci(1), pci("${var.bus}"))),
      reason: "a host device is known only at apply",
    },
  },
});
