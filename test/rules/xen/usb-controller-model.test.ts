import { usbControllerModel } from "../../../lib/rules/xen/usb-controller-model";
import { RuleTester } from "../../../lib/testing";

const controllers = (...list: unknown[]) => ({ devices: { controllers: list } });

RuleTester.run(usbControllerModel, {
  fails: {
    "a model that QEMU emulates": {
      plan: (t) =>
        t.xenHvm({ name: "a", ...controllers({ type: "pci" }, { type: "usb", model: "piix3-uhci" }) }),
      severity: "error",
      message: '"a" has a USB controller of model piix3-uhci; Xen has qusb1 and qusb2.',
      fix: 'remove devices.controllers[1], or set its model to "qusb2"',
      at: "devices.controllers[1].model",
      places: ["a"],
    },
    "USB switched off, which the driver does not know": (t) =>
      t.xenPv(controllers({ type: "usb", model: "none" })),
    "one port too many": {
      plan: (t) =>
        t.xenHvm({ name: "a", ...controllers({ type: "usb", model: "qusb2", usb: { port: 32 } }) }),
      message: 'A USB controller of "a" has 32 ports; Xen allows 31.',
      fix: "set devices.controllers[0].usb.port to 31 or less",
      at: "devices.controllers[0].usb.port",
    },
    "ports without a model": (t) => t.xenHvm(controllers({ type: "usb", usb: { port: 32 } })),
    "each of several": {
      plan: (t) =>
        t.xenHvm(controllers({ type: "usb", model: "ich9-ehci1" }, { type: "usb", model: "qemu-xhci" })),
      count: 2,
    },
  },
  passes: {
    "Xen's own, with as many ports as there may be": (t) =>
      t.xenHvm(
        controllers(
          { type: "usb" },
          { type: "usb", model: "qusb1" },
          { type: "usb", model: "qusb2", usb: { port: 31 } },
        ),
      ),
    "controllers of other types": (t) =>
      t.xenHvm(controllers({ type: "scsi", model: "virtio-scsi" }, { type: "pci" })),
    "no controllers": (t) => t.xenPv(),
    "a KVM guest": (t) => t.kvm(controllers({ type: "usb", model: "qemu-xhci" })),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.xenHvm(controllers({ type: "usb", model: "${var.model}" })),
      reason: "a USB controller is known only at apply",
    },
    "a late number of ports": (t) => t.xenHvm(controllers({ type: "usb", usb: { port: "${var.ports}" } })),
    "a late type": {
      plan: (t) => t.xenHvm(controllers({ type: "${var.type}", model: "qusb1" })),
      reason: /^a controller is known only at apply$/,
    },
    "late controllers": (t) => t.xenHvm({ devices: { controllers: "${var.controllers}" } }),
  },
});
