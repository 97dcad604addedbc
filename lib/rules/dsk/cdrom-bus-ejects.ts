import { diskBus, diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, qemuGuests, undetermined } from "../../rule";
import { diskLabel, freeTarget } from "./disks";

const WITHOUT_EJECT = ["virtio", "sd"];

/** A medium is ejected by a command of ATAPI or SCSI; a virtio block device and an SD card know none. */
export const cdromBusEjects = defineRule({
  code: "VIRT-DSK-004",
  slug: "cdrom-bus-ejects",
  severity: "error",
  stage: "define",
  title: "A CD-ROM drive needs a bus that can eject a medium",
  why: "The virtio and sd buses know no medium that comes and goes, so libvirt refuses a CD-ROM drive there. The bus of a drive that states none follows from its target: vda is virtio.",
  fix: "Put the drive on sata (machine q35), ide (machine pc), scsi or usb.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    "tried: libvirt 9.0.0 refuses a CD-ROM on virtio, on sd, and with target vda and no bus: does not support ejectable media; usb, sata and scsi are defined",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].device"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const [device, bus] = [diskDevice(disk), diskBus(disk)];
      if (device !== "cdrom" && !isLate(device)) continue;
      if (isLate(device) ? WITHOUT_EJECT.includes(bus ?? "") : isLate(bus)) {
        yield undetermined("the bus or kind of a disk is known only at apply");
      }
      if (isLate(device) || !WITHOUT_EJECT.includes(bus ?? "")) continue;
      const stated = disk.target?.bus !== undefined;
      yield fail({
        at: `devices.disks[${index}].target.${stated ? "bus" : "dev"}`,
        message: `CD-ROM ${diskLabel(disk, index)} of "${guest.label}" is on the ${bus} bus${
          stated ? "" : " (its target says so)"
        }, which cannot eject a medium.`,
        fix: guest.isI440fx
          ? `use bus "ide" with target ${freeTarget(guest, "hd")}, or bus "sata" with target ${freeTarget(guest, "sd")}`
          : `use bus "sata" with target ${freeTarget(guest, "sd")}`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "cdrom",
              source: { file: { file: "/srv/install.iso" } },
              target: { dev: "vda", bus: "virtio" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "cdrom",
              source: { file: { file: "/srv/install.iso" } },
              target: { dev: "sda", bus: "sata" },
            },
          ],
        },
      }),
  },
});
