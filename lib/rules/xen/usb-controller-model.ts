import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";

/** Ports of one controller; its number has five bits. */
const MAX_PORTS = 31;

/** Xen has a paravirtualized USB controller; what QEMU emulates comes with -usb, not from here. */
export const usbControllerModel = defineRule({
  code: "VIRT-XEN-033",
  slug: "usb-controller-model",
  severity: "error",
  stage: "start",
  title: "A Xen guest's USB controller is of model qusb1 or qusb2",
  why: "libxl has USB controllers for version 1 and version 2, with up to 31 ports. libvirt refuses to start a Xen guest with one of the models that QEMU emulates for KVM.",
  fix: "Remove the model, or set it to qusb2. An input device on the USB bus needs no controller.",
  sources: [
    "libvirt libxl_conf.c libxlMakeUSBController; xl.cfg(5) usbctrl",
    "tried: libvirt 9.0.0, Xen 4.17, HVM with piix3-uhci: start refused, unsupported usb model",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.controllers"),
  *check(guest): Generator<Outcome> {
    for (const [index, controller] of (guest.domain.devices?.controllers ?? []).entries()) {
      const { type, model, usb } = controller;
      if (isLate(type)) yield undetermined("a controller is known only at apply");
      if (type !== "usb") continue;
      const at = `devices.controllers[${index}]`;
      const ports = usb?.port;
      if (isLate(model) || isLate(ports)) yield undetermined("a USB controller is known only at apply");
      else if (model !== undefined && model !== "qusb1" && model !== "qusb2") {
        yield fail({
          at: `${at}.model`,
          message: `"${guest.label}" has a USB controller of model ${model}; Xen has qusb1 and qusb2.`,
          fix: `remove ${at}, or set its model to "qusb2"`,
        });
      } else if (ports !== undefined && (ports as number) > MAX_PORTS) {
        yield fail({
          at: `${at}.usb.port`,
          message: `A USB controller of "${guest.label}" has ${ports} ports; Xen allows ${MAX_PORTS}.`,
          fix: `set ${at}.usb.port to ${MAX_PORTS} or less`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { controllers: [{ type: "usb", model: "qemu-xhci" }] } }),
    good: (plan) => plan.xenHvm({ devices: { controllers: [{ type: "usb", model: "qusb2" }] } }),
  },
});
