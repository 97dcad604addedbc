import { diskBus } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { diskLabel } from "../dsk/disks";

/** Solaris is not known to bring virtio drivers. */
export const solarisDevices = defineRule({
  code: "VIRT-GOS-011",
  slug: "solaris-devices",
  severity: "warning",
  stage: "advice",
  title: "A Solaris guest of KVM should have SATA or IDE disks and an e1000 network card",
  why: "Solaris 10 has no virtio drivers, and of Solaris 11 nobody has said in which update they came. With emulated devices it finds its disk and network in any case. The illumos distributions have the drivers.",
  fix: "Use bus sata or ide, and model e1000.",
  sources: [
    "osinfo-db solaris-10 and solaris-11: no virtio devices",
    "the catalogue of guest operating systems",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  *check(guest) {
    const { mode, os, label } = guest;
    if ((mode !== "kvm" && mode !== "tcg") || os?.family !== "solaris" || os.virtioInBox)
      return yield notApplicable;
    for (const [index, disk] of guest.disks.entries()) {
      const bus = diskBus(disk);
      if (isLate(bus)) yield undetermined("the bus of a disk is known only at apply");
      else if (bus !== "virtio") yield pass;
      else {
        yield fail({
          at: `devices.disks[${index}].target.bus`,
          message: `Disk ${diskLabel(disk, index)} of "${label}" is virtio, for which ${os.name} is not known to have drivers.`,
          fix: 'set bus to "sata" and the target to a name such as sda',
        });
      }
    }
    for (const [index, { model }] of guest.interfaces.entries()) {
      if (isLate(model?.type)) yield undetermined("the model of a network card is known only at apply");
      else if (!model?.type?.startsWith("virtio")) yield pass;
      else {
        yield fail({
          at: `devices.interfaces[${index}].model.type`,
          message: `Network card ${index + 1} of "${label}" is virtio, for which ${os.name} is not known to have drivers.`,
          fix: 'set the model to "e1000"',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "solaris-11.4" }, memory: 4 }),
    good: (plan) =>
      plan.kvm({
        intent: { os: "solaris-11.4" },
        memory: 4,
        devices: {
          disks: [{ source: { file: { file: "/srv/a.img" } }, target: { dev: "sda", bus: "sata" } }],
          interfaces: [{ model: { type: "e1000" }, source: { network: { network: "default" } } }],
        },
      }),
  },
});
