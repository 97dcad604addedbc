import { isX86 } from "../../plan/arch";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { nicLabel, sourceKind } from "./interface-source";

/** Kinds of source that are a device of their own, or ask for virtio themselves. */
const WITHOUT_MODEL = new Set<string>(["hostdev", "vhostUser", "vdpa"]);

/** The network card that libvirt takes when nobody says which is the oldest that QEMU has. */
export const interfaceModelStated = defineRule({
  code: "VIRT-NET-013",
  slug: "interface-model-stated",
  severity: "warning",
  stage: "advice",
  title: "An interface should state its model",
  why: "Without a model libvirt takes rtl8139 on x86, else e1000 or virtio, whichever the QEMU of the host was built with: a card of 100 Mbit/s, another on the next host, and none at all for a guest without its driver.",
  fix: 'State model "virtio", or the card that the guest has a driver for.',
  sources: [
    "libvirt qemu_domain.c qemuDomainDefaultNetModel",
    "tried: libvirt 9.0.0 with QEMU 7.2 gives an interface without model an rtl8139, on q35 and on pc",
  ],
  needs: ["guest", "operating system"],
  on: qemuGuests,
  *check(guest) {
    const { arch, os } = guest;
    if (!isX86(arch)) return;
    for (const [index, nic] of guest.interfaces.entries()) {
      const kind = sourceKind(nic);
      if (nic.model?.type !== undefined) yield pass;
      else if (isLate(kind)) yield undetermined("what an interface is connected to is known only at apply");
      else if (kind === undefined || WITHOUT_MODEL.has(kind)) yield notApplicable;
      else {
        yield fail({
          at: `devices.interfaces[${index}].model`,
          message: `The ${nicLabel(index)} of "${guest.label}" states no model: libvirt takes an rtl8139 where QEMU has one.`,
          fix:
            os?.virtioInBox === false
              ? `set model.type to "e1000e", or to "virtio" with the drivers in ${os.name}`
              : 'set model.type to "virtio"',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [{ source: { network: { network: "default" } } }] } }),
    good: (plan) => plan.kvm(),
  },
});
