import { untrustedGuestHoldsDevice } from "../../../lib/rules/sec/untrusted-guest-holds-device";
import { RuleTester } from "../../../lib/testing";

const pci = { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] };
const usb = {
  hostdevs: [{ subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } }],
};

RuleTester.run(untrustedGuestHoldsDevice, {
  fails: {
    "a PCI device": {
      plan: (t) => t.kvm({ name: "a", intent: { trusted: false }, devices: pci }),
      message: '"a" is not trusted, and is given PCI device 0000:65:00.0',
      at: "devices.hostdevs[0]",
    },
    "a Xen guest": (t) => t.xenHvm({ intent: { trusted: false }, devices: pci }),
  },
  passes: {
    "a trusted guest": (t) => t.kvm({ intent: { trusted: true }, devices: pci }),
    "no device": (t) => t.kvm({ intent: { trusted: false } }),
    "a USB device": (t) => t.kvm({ intent: { trusted: false }, devices: usb }),
  },
  undetermined: {
    "a guest of which nobody says": {
      plan: (t) => t.kvm({ devices: pci }),
      reason: "is trusted is not stated",
    },
    "late devices": (t) => t.kvm({ intent: { trusted: false }, devices: { hostdevs: "${var.devices}" } }),
  },
});
