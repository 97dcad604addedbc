import { diskBus, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";

/** The devices of a guest that are on its USB bus. */
export function* usbDevices(guest: PlanGuest): Iterable<{ at: string; what: string }> {
  const { devices } = guest.domain;
  for (const [index, { type, bus }] of (devices?.inputs ?? []).entries()) {
    if (bus === "usb" || (bus === undefined && type === "tablet")) {
      yield { at: `devices.inputs[${index}]`, what: `a USB ${type}` };
    }
  }
  for (const [index, { type }] of (devices?.hubs ?? []).entries()) {
    if (type === "usb") yield { at: `devices.hubs[${index}]`, what: "a USB hub" };
  }
  for (const [index, device] of (devices?.redirDevs ?? []).entries()) {
    if (!isLate(device)) yield { at: `devices.redirDevs[${index}]`, what: "a redirected USB device" };
  }
  for (const [index, { subsysUsb }] of (devices?.hostdevs ?? []).entries()) {
    if (subsysUsb && !isLate(subsysUsb))
      yield { at: `devices.hostdevs[${index}]`, what: "a USB device of its host" };
  }
  for (const [index, disk] of guest.disks.entries()) {
    if (diskBus(disk) === "usb") yield { at: `devices.disks[${index}]`, what: "a disk on USB" };
  }
  for (const [index, card] of (devices?.smartcards ?? []).entries()) {
    if (!isLate(card))
      yield { at: `devices.smartcards[${index}]`, what: "a smart card, whose reader is a USB device" };
  }
  for (const [index, { model }] of (devices?.sounds ?? []).entries()) {
    if (model === "usb") yield { at: `devices.sounds[${index}]`, what: "a USB sound card" };
  }
  for (const [index, { target }] of (devices?.serials ?? []).entries()) {
    if (target?.type === "usb-serial") yield { at: `devices.serials[${index}]`, what: "a USB serial port" };
  }
}
