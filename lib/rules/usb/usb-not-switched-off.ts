import { diskBus, type PlanGuest } from "../../plan/guest";
import { containsLate, isLate } from "../../plan/late";
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
import { usbDevices } from "./usb-devices";

/** A guest without USB has nowhere to plug in a USB device. */
export const usbNotSwitchedOff = defineRule({
  code: "VIRT-USB-001",
  slug: "usb-not-switched-off",
  severity: "error",
  stage: "define",
  title: "A guest whose USB is switched off has no USB devices",
  why: "A USB controller of model none switches USB off, for good: libvirt adds no controller and refuses another one, and every device on the USB bus. A tablet is a USB device where no bus is given.",
  fix: "Use a USB controller such as qemu-xhci instead of model none, or remove the device.",
  sources: [
    "libvirt qemu_domain_address.c qemuDomainUSBAddressAddHubs, qemuDomainAssignUSBAddresses; domain_conf.c virDomainDefAddImplicitControllers; domain_validate.c virDomainDefValidateInternal",
    "tried: libvirt 9.0.0, define with controller usb model none of a tablet, with and without bus, and a USB keyboard: Can't add USB input device. USB bus is disabled; of a hub: USB is disabled for this domain; of a host device: Can't add host USB device; of a redirected device, a disk on bus usb, a smart card, sound usb and a usb-serial port: USB devices are present in the domain XML; of another USB controller, before or after: Can't add another USB controller; a mouse without bus starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.controllers"),
  *check(guest): Iterable<Outcome> {
    const controllers = guest.domain.devices?.controllers ?? [];
    const off = controllers.findIndex(({ type, model }) => type === "usb" && model === "none");
    if (off < 0) return yield notApplicable;
    for (const { at, what } of usbDevices(guest)) {
      yield fail({
        at,
        message: `"${guest.label}" has ${what}, but its USB is switched off (devices.controllers[${off}], model none).`,
        fix: `set devices.controllers[${off}].model to "qemu-xhci", or remove ${at}`,
      });
    }
    for (const [index, { type }] of controllers.entries()) {
      if (type !== "usb" || index === off) continue;
      yield fail({
        at: `devices.controllers[${index}]`,
        message: `"${guest.label}" has another USB controller beside one of model none, which switches USB off.`,
        fix: `remove devices.controllers[${off}], or this one`,
      });
    }
    yield mayHaveMore(guest) ? undetermined("the bus of a device is known only at apply") : pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { controllers: [OFF], inputs: [{ type: "tablet", bus: "usb" }] } }),
    good: (plan) =>
      plan.kvm({ devices: { controllers: [OFF], inputs: [{ type: "tablet", bus: "virtio" }] } }),
  },
});

const OFF = { type: "usb", model: "none" };

/** Whether something that only apply knows may be a USB device. */
function mayHaveMore({ domain: { devices }, disks }: PlanGuest): boolean {
  return (
    (devices?.inputs ?? []).some(({ type, bus }) => isLate(bus) || (bus === undefined && isLate(type))) ||
    (devices?.hostdevs ?? []).some((hostdev) => isLate(hostdev)) ||
    disks.some((disk) => isLate(diskBus(disk))) ||
    containsLate(devices?.hubs)
  );
}
