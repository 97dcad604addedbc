import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesControllers } from "../../provider/domain";
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

/** They serve the slow devices of a fast controller. */
const COMPANIONS = ["ich9-uhci1", "ich9-uhci2", "ich9-uhci3"];
const XHCI = ["qemu-xhci", "nec-xhci"];
const MOST_PORTS = 15;

/** A companion shares the ports of its master. */
export const usbControllersFit = defineRule({
  code: "VIRT-USB-081",
  slug: "usb-controllers-fit",
  severity: "error",
  stage: "define",
  title: "USB companion controllers need a master, and an xHCI controller has at most 15 ports",
  why: "The models ich9-uhci1 to 3 are companions of an ich9-ehci1, whose ports they share, as is any controller that names a master. Without one that is no companion libvirt refuses the guest. QEMU's xHCI controllers have 15 ports at most.",
  fix: "Use qemu-xhci alone: it serves devices of all speeds.",
  sources: [
    "libvirt domain_conf.c virDomainDefControllersParse; qemu_domain.c qemuDomainControllerDefPostParse",
    "tried: libvirt 9.0.0, define of ich9-uhci1 alone, and of piix3-uhci with a master: No master USB controller specified; of qemu-xhci with 16 ports: only supports up to '15' ports; piix3-uhci with 16, and none with a master are defined",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.controllers"),
  *check({ domain, label }): Iterable<Outcome> {
    const usb = (domain.devices?.controllers ?? []).flatMap((controller, index) =>
      controller.type === "usb" && controller.model !== "none"
        ? [{ controller, at: `devices.controllers[${index}]` }]
        : [],
    );
    if (usb.length === 0) return yield notApplicable;
    if (usb.some(({ controller }) => isLate(controller.model) || isLate(controller.usb))) {
      return yield undetermined("the USB controllers of a guest are known only at apply");
    }
    if (usb.every(({ controller }) => isCompanion(controller))) {
      const [{ at, controller }] = usb as [(typeof usb)[number]];
      const what = COMPANIONS.includes(controller.model ?? "")
        ? `of model ${controller.model}`
        : "with a master";
      yield fail({
        at,
        message: `"${label}" has a USB controller ${what}, and none that could be its master.`,
        fix: COMPANIONS.includes(controller.model ?? "")
          ? 'add one of model "ich9-ehci1" with the same index, or use model "qemu-xhci" alone'
          : "remove usb.master",
      });
    }
    for (const { controller, at } of usb) {
      const port = controller.usb?.port;
      if (port === undefined || !XHCI.includes(controller.model ?? "")) yield pass;
      else if (isLate(port)) yield undetermined("the ports of a USB controller are known only at apply");
      else if (port <= MOST_PORTS) yield pass;
      else {
        yield fail({
          at: `${at}.usb.port`,
          message: `The ${controller.model} controller of "${label}" has ${port} ports; ${MOST_PORTS} is the most.`,
          fix: `set usb.port to ${MOST_PORTS} or fewer, or add a second controller`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withControllers({ model: "ich9-uhci1" })),
    good: (plan) =>
      plan.kvm(withControllers({ model: "ich9-ehci1", index: 0 }, { model: "ich9-uhci1", index: 0 })),
  },
});

function isCompanion({ model, usb }: Planned<DomainDevicesControllers>): boolean {
  return COMPANIONS.includes(model ?? "") || usb?.master !== undefined;
}

function withControllers(...controllers: Record<string, unknown>[]): Record<string, unknown> {
  return { devices: { controllers: controllers.map((each) => ({ type: "usb", ...each })) } };
}
