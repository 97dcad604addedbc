import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** There is no device model that could emulate a card for a PV or PVH guest. */
export const pvNicModel = defineRule({
  code: "VIRT-XEN-023",
  slug: "pv-nic-model",
  severity: "error",
  stage: "start",
  title: "PV and PVH guests have network cards of model netfront only",
  why: "These guests have no emulated hardware: their network interface is Xen's own. libvirt refuses any other model when the guest starts.",
  fix: "Remove the model, or set it to netfront.",
  sources: [
    "libvirt libxl_conf.c libxlMakeNic",
    "tried: libvirt 9.0.0, Xen 4.17, PV with model virtio: start refused, only model 'netfront' is supported for Xen PV(H) domains",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const concerned = isKind(guest, "xen-pv", "xen-pvh");
    if (concerned === false) return;
    for (const [index, nic] of guest.interfaces.entries()) {
      if (isLate(nic)) {
        yield undetermined("a network interface is known only at apply");
        continue;
      }
      const model = nic.model?.type;
      // A device of the host is no network card to libvirt's Xen driver.
      if (model === undefined || model === "netfront" || nic.source?.hostdev !== undefined) continue;
      if (concerned === undefined) yield lateKind;
      else if (isLate(model)) yield undetermined("the model of a network interface is known only at apply");
      else {
        yield fail({
          at: `devices.interfaces[${index}].model.type`,
          message: `${kindName(guest)} "${guest.label}" asks for a network card of model ${model}: it can have netfront only.`,
          fix: `remove the model or set it to "netfront"; emulated cards need XenHvmGuest`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { interfaces: [{ ...bridged, model: { type: "virtio" } }] } }),
    good: (plan) => plan.xenPv({ devices: { interfaces: [bridged] } }),
  },
});

const bridged = { mac: { address: "52:54:00:00:00:01" }, source: { bridge: { bridge: "xenbr0" } } };
