import { usbControllersFit } from "../../../lib/rules/usb/usb-controllers-fit";
import { RuleTester } from "../../../lib/testing";

const usb = (...controllers: object[]) => ({
  name: "web",
  devices: { controllers: controllers.map((each) => ({ type: "usb", ...each })) },
});

RuleTester.run(usbControllersFit, {
  fails: {
    "a companion alone": {
      plan: (t) => t.kvm(usb({ model: "ich9-uhci1" }, { model: "ich9-uhci2" })),
      message: '"web" has a USB controller of model ich9-uhci1, and none that could be its master.',
      fix: 'add one of model "ich9-ehci1"',
      at: "devices.controllers[0]",
    },
    "a master that is not there": {
      plan: (t) => t.kvm(usb({ model: "piix3-uhci", usb: { master: { start_port: 0 } } })),
      message: "a USB controller with a master",
      fix: "remove usb.master",
    },
    "too many ports": {
      plan: (t) =>
        t.kvm(usb({ model: "qemu-xhci", usb: { port: 16 } }, { model: "nec-xhci", usb: { port: 20 } })),
      count: 2,
      message: 'The qemu-xhci controller of "web" has 16 ports; 15 is the most.',
      fix: "set usb.port to 15 or fewer",
      at: "devices.controllers[0].usb.port",
    },
  },
  passes: {
    "a master and its companions": (t) =>
      t.kvm(usb({ model: "ich9-ehci1" }, { model: "ich9-uhci1", usb: { master: { start_port: 0 } } })),
    "15 ports, and 16 of another model": (t) =>
      t.kvm(usb({ model: "qemu-xhci", usb: { port: 15 } }, { model: "piix3-uhci", usb: { port: 16 } })),
    "no USB": (t) => t.kvm(usb({ model: "none", usb: { master: { start_port: 0 } } })),
    "no USB controller": (t) => t.kvm({ devices: { controllers: [{ type: "sata" }] } }),
    "libvirt's choice of a model": (t) => t.kvm(usb({})),
  },
  undetermined: {
    "a late model": (t) => t.kvm(usb({ model: "${var.model}" })),
    "late ports": {
      plan: (t) => t.kvm(usb({ model: "qemu-xhci", usb: { port: "${var.ports}" } })),
      reason: "the ports of a USB controller are known only at apply",
    },
  },
});
