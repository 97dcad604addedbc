import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** What comes with Xen's frame buffer. */
const OF_XEN = new Set(["mouse", "keyboard"]);

/** Paravirtualized guests have Xen's own keyboard and mouse, fully virtualized ones emulated ones. */
export const inputBus = defineRule({
  code: "VIRT-XEN-037",
  slug: "input-bus",
  severity: "error",
  stage: "define",
  title: "A PV or PVH guest's input devices are a mouse and keyboard on bus xen, an HVM guest's never are",
  why: "libvirt refuses other buses and other devices for PV and PVH guests, and bus xen for HVM guests. On the USB bus of an HVM guest it knows a mouse and a tablet, and refuses to start a guest with a keyboard there.",
  fix: "Remove the input device: mouse and keyboard come with every display. A tablet for HVM is on bus usb.",
  sources: [
    "libvirt domain_validate.c virDomainInputDefValidate; libxl_conf.c libxlMakeDomBuildInfo (Unknown input device type)",
    "tried: libvirt 9.0.0, define of os type xen and xenpvh (test driver) with bus usb: unsupported input bus usb; of a tablet, with bus xen or without: xen bus does not support tablet input device; of hvm with bus xen: unsupported input bus xen",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with a tablet on usb starts",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.inputs"),
  *check(guest): Generator<Outcome> {
    const inputs = guest.domain.devices?.inputs ?? [];
    if (inputs.length === 0) return;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === undefined) {
      yield lateKind;
      return;
    }
    for (const [index, { type, bus }] of inputs.entries()) {
      // Of virtio devices another rule speaks.
      if (bus === "virtio") continue;
      if (isLate(bus) || isLate(type)) {
        yield undetermined("an input device is known only at apply");
        continue;
      }
      const at = `devices.inputs[${index}]`;
      const what = `${kindName(guest)} "${guest.label}" has a ${type}${bus === undefined ? "" : ` on bus ${bus}`}`;
      if (hvm && bus === "xen") {
        yield fail({
          at: `${at}.bus`,
          message: `${what}, which PV and PVH guests alone have.`,
          fix: `remove ${at}, or set its bus to "${type === "tablet" ? "usb" : "ps2"}"`,
        });
      } else if (hvm && bus === "usb" && type === "keyboard") {
        yield fail({
          at: `${at}.bus`,
          message: `${what}, which Xen does not have; its USB bus takes a mouse or a tablet.`,
          fix: `set ${at}.bus to "ps2", or remove ${at}`,
        });
      } else if (!hvm && ((bus ?? "xen") !== "xen" || !OF_XEN.has(type))) {
        yield fail({
          at: OF_XEN.has(type) ? `${at}.bus` : `${at}.type`,
          message: `${what}; it can have a mouse and a keyboard on bus xen.`,
          fix: OF_XEN.has(type) ? `set ${at}.bus to "xen", or remove ${at}` : `remove ${at}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { inputs: [{ type: "tablet", bus: "usb" }] } }),
    good: (plan) => plan.xenPv({ devices: { inputs: [{ type: "mouse", bus: "xen" }] } }),
  },
});
