import { diskDevice } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { volumeOfDisk } from "../../plan/storage";
import { defineRule, fail, guests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** A disk of version 0.8 of the provider took an ISO as it was; now its kind must be said. */
export const isoIsACdrom = defineRule({
  code: "VIRT-DSK-032",
  slug: "iso-is-a-cdrom",
  severity: "warning",
  stage: "boot",
  title: "An ISO image should be a CD-ROM",
  why: "A disk whose device is not said is a hard disk. Installers look for their files, and cloud-init and the Windows set-up for theirs, on a CD-ROM; as a hard disk an ISO boots only where its maker made it a hybrid, and the guest can write to it.",
  fix: 'Set device to "cdrom", readOnly, and a target on bus sata (or scsi), such as sda.',
  sources: [
    "tried: provider 0.9.7 and libvirt 9.0.0 start a guest with an .iso as a virtio disk",
    "reported for the provider: an ISO that was given as a disk",
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    for (const [index, disk] of guest.disks.entries()) {
      const image = imageOf(known(disk.source?.file?.file) ?? volumeOfDisk(plan, guest, disk)?.config.name);
      if (image === undefined) continue;
      const device = diskDevice(disk);
      if (isLate(device)) yield undetermined("the kind of a disk is known only at apply");
      else if (device === "disk") {
        yield fail({
          at: `devices.disks[${index}].device`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is a hard disk with the ISO image ${image}.`,
          fix: 'set device to "cdrom", readOnly to true, and a target on bus sata, such as sda',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [iso({ target: { dev: "vda", bus: "virtio" } })] } }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [iso({ device: "cdrom", read_only: true, target: { dev: "sda", bus: "sata" } })],
        },
      }),
  },
});

function iso(disk: Record<string, unknown>): Record<string, unknown> {
  return { source: { file: { file: "/srv/debian-12.iso" } }, driver: { name: "qemu", type: "raw" }, ...disk };
}

/** The name of an ISO image, undefined for another. */
function imageOf(path: string | undefined): string | undefined {
  return path?.toLowerCase().endsWith(".iso") && !isLate(path) ? path : undefined;
}
