import { diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

const NAMES: Readonly<Record<string, string>> = { floppy: "Floppy", cdrom: "CD-ROM" };

/** The floppy controller is one of its own, as the drives always were. */
export const floppyBus = defineRule({
  code: "VIRT-DSK-005",
  slug: "floppy-bus",
  severity: "error",
  stage: "define",
  title: "A floppy is on the fdc bus, and nothing else is",
  why: "The floppy controller takes floppies alone, and no other bus takes them.",
  fix: "Leave out the bus of a floppy, and put every other disk on another bus.",
  sources: [
    "libvirt domain_validate.c virDomainDiskDefValidate, domain_postparse.c virDomainDiskDefPostParse",
    "tried: libvirt 9.0.0 refuses a floppy on virtio, and a disk and a CD-ROM on fdc (Invalid bus type); a floppy without bus is defined",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const device = diskDevice(disk);
      const bus = disk.target?.bus;
      // Without one a floppy gets the right bus, and a disk that of its target, which is no floppy's.
      if (bus === undefined || (device === "floppy") === (bus === "fdc")) continue;
      if (isLate(bus) || isLate(device)) {
        yield undetermined("the bus or kind of a disk is known only at apply");
        continue;
      }
      const name = `${NAMES[device] ?? "Disk"} ${diskLabel(disk, index)} of "${guest.label}"`;
      yield fail({
        at: `devices.disks[${index}].target.bus`,
        message:
          device === "floppy"
            ? `${name} is on the ${bus} bus; floppies are on fdc alone.`
            : `${name} is on the fdc bus, which takes floppies alone.`,
        fix: device === "floppy" ? 'use bus "fdc", or leave it out' : 'use another bus, or device "floppy"',
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "floppy",
              source: { file: { file: "/srv/drivers.img" } },
              target: { dev: "fda", bus: "virtio" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "floppy",
              source: { file: { file: "/srv/drivers.img" } },
              target: { dev: "fda", bus: "fdc" },
            },
          ],
        },
      }),
  },
});
