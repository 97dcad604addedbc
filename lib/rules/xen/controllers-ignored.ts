import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";

/** What becomes of a controller that Xen does not build. */
const INSTEAD: Readonly<Record<string, string>> = {
  scsi: "a SCSI disk would be on an emulated lsi53c895a",
  sata: "a disk named sda would be on an emulated lsi53c895a, without AHCI",
  pci: "the guest would have the PCI bus of i440FX, or none",
  "virtio-serial": "there would be no ports",
  nvme: "there would be no such disk",
  ccid: "there would be no smart card reader",
};

/** Models that are what the guest gets anyway. */
const HAS_ANYWAY = new Set(["lsilogic", "auto", "pci-root"]);

/** Of controllers libxl builds USB ones alone; all others come with the machine. */
export const controllersIgnored = defineRule({
  code: "VIRT-XEN-057",
  slug: "controllers-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen guest's controllers come with its machine",
  why: "libvirt's Xen driver passes on USB controllers and the limits of Xen's own bus. A virtio-scsi, SATA or PCI Express controller is accepted and dropped: disks named sda and onwards are on an emulated LSI controller, and the machine stays i440FX.",
  fix: "Remove the controller; disks on Xen's own bus (xvda) need none and are the fastest.",
  sources: [
    "libvirt libxl_conf.c libxlBuildDomainConfig",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: a controller virtio-scsi and one pcie-root change neither JSON configuration nor command line; with a disk sda beside virtio-scsi, and for buses sata and usb, the device model gets -device lsi53c895a",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.controllers"),
  *check(guest): Generator<Outcome> {
    for (const [index, { type, model }] of (guest.domain.devices?.controllers ?? []).entries()) {
      if (isLate(type)) {
        yield undetermined("a controller is known only at apply");
        continue;
      }
      const instead = INSTEAD[type];
      // Of these two kinds the guest has one by itself, so that only the model can be wrong.
      const ordinary = (type === "scsi" || type === "pci") && (model === undefined || HAS_ANYWAY.has(model));
      if (instead === undefined || ordinary) continue;
      if (isLate(model)) {
        yield undetermined("a controller is known only at apply");
        continue;
      }
      yield fail({
        at: `devices.controllers[${index}]`,
        message: `"${guest.label}" would start without its controller of type ${type}${model === undefined ? "" : ` and model ${model}`}: ${instead}.`,
        fix: `remove devices.controllers[${index}]${type === "scsi" || type === "sata" ? ', and put its disks on bus "xen" (xvda)' : ""}`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { controllers: [{ type: "scsi", model: "virtio-scsi" }] } }),
    good: (plan) =>
      plan.xenHvm({ devices: { controllers: [{ type: "xenbus", xen_bus: { max_grant_frames: 64 } }] } }),
  },
});
