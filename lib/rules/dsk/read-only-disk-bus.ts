import { diskBus, diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, qemuGuests, undetermined } from "../../rule";
import { diskLabel, freeTarget } from "./disks";

const CANNOT = ["ide", "sata"];

/** ATA has no write protection that a controller could announce for a hard disk. */
export const readOnlyDiskBus = defineRule({
  code: "VIRT-DSK-006",
  slug: "read-only-disk-bus",
  severity: "error",
  stage: "define",
  title: "A read-only hard disk cannot be on ide or sata",
  why: "An IDE or SATA disk cannot tell its guest that it is read-only, so libvirt refuses it. CD-ROM drives there are read-only by nature.",
  fix: "Put the disk on virtio, scsi or usb, or make it a CD-ROM drive.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    "tried: libvirt 9.0.0 refuses read-only disks on ide and sata, also where the target hda alone says ide; scsi, usb, virtio, CD-ROMs and floppies are defined",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].readOnly"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const { readOnly } = disk;
      const [device, bus] = [diskDevice(disk), diskBus(disk)];
      if (readOnly === undefined || readOnly === false || device === "cdrom" || device === "floppy") continue;
      if (device === "lun" || (bus !== undefined && !isLate(bus) && !CANNOT.includes(bus))) continue;
      if (isLate(readOnly) || isLate(device) || isLate(bus)) {
        yield undetermined("whether a disk is read-only, or its bus, is known only at apply");
      } else if (bus !== undefined) {
        yield fail({
          at: `devices.disks[${index}].readOnly`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is read-only on the ${bus} bus, where a hard disk cannot be.`,
          fix: `use bus "virtio" with target ${freeTarget(guest, "vd")} or "scsi" with ${freeTarget(guest, "sd")}, or device "cdrom"`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/tools.img" } },
              target: { dev: "sda", bus: "sata" },
              read_only: true,
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/tools.img" } },
              target: { dev: "vda", bus: "virtio" },
              read_only: true,
            },
          ],
        },
      }),
  },
  alsoFails: ["VIRT-DSK-029"],
});
