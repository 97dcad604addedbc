import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** libvirt's names of virtio cards, which libxl hands to QEMU as they are and QEMU does not know. */
const VIRTIO = /^virtio(-(non-)?transitional)?$/;

/** PV and PVH guests have no device model; HVM guests have QEMU's cards under QEMU's names. */
export const nicModel = defineRule({
  code: "VIRT-XEN-023",
  slug: "nic-model",
  severity: "error",
  stage: "start",
  title: "A Xen guest's network card is netfront, or for HVM an emulated card that is not virtio",
  why: "PV and PVH guests have no emulated hardware: their network interface is Xen's own, netfront. HVM guests have an emulated card beside it, such as e1000 or rtl8139; virtio belongs to KVM, and the device model exits over it.",
  fix: "Remove the model or set it to netfront; for an emulated card of an HVM guest set e1000.",
  sources: [
    "libvirt libxl_conf.c libxlMakeNic",
    "tried: libvirt 9.0.0, Xen 4.17, PV with model virtio: start refused, only model 'netfront' is supported for Xen PV(H) domains",
    "tried: HVM with model virtio: start fails, device model did not start; with e1000, rtl8139, netfront and none it starts",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const hvm = isKind(guest, "xen-hvm");
    for (const [index, nic] of guest.interfaces.entries()) {
      if (isLate(nic)) {
        yield undetermined("a network interface is known only at apply");
        continue;
      }
      const model = nic.model?.type;
      // A device of the host is no network card to libvirt's Xen driver.
      if (model === undefined || model === "netfront" || nic.source?.hostdev !== undefined) continue;
      if (isLate(model)) yield undetermined("the model of a network interface is known only at apply");
      else if (hvm === undefined && !VIRTIO.test(model)) yield lateKind;
      else if (!hvm || VIRTIO.test(model)) {
        yield fail({
          at: `devices.interfaces[${index}].model.type`,
          message: `${hvm === undefined ? "Xen guest" : kindName(guest)} "${guest.label}" asks for a network card of model ${model}: ${
            hvm ? "Xen's device model does not know it" : "it can have netfront only"
          }.`,
          fix: hvm
            ? 'remove the model, or set it to "netfront" or to an emulated card such as "e1000"'
            : 'remove the model or set it to "netfront"; emulated cards need XenHvmGuest',
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
