import { diskBus, diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, guests, type Outcome, pass, undetermined } from "../../rule";
import { freeTarget, imageLabel, targetIndex } from "./disks";

/** A floppy controller has two drives, and libvirt knows one controller. */
const FLOPPY_DRIVES = 2;
const PREFIX_OF_BUS: Readonly<Record<string, string>> = { ide: "hd", virtio: "vd", fdc: "fd", xen: "xvd" };

/** The name gives a disk its place on the bus; what the guest's own system calls the disk is another matter. */
export const diskTargetName = defineRule({
  code: "VIRT-DSK-002",
  slug: "disk-target-name",
  severity: "error",
  stage: "define",
  title: "The target of a disk must be a name that libvirt can place",
  why: "libvirt reads the place of a disk on its bus from the letters of its target: hd, sd, vd, xvd or ubd for disks, fd for floppies, then a, b, c and on. A number would be a partition. Names of Linux such as nvme0n1 mean nothing to it.",
  fix: "Name disks vda, vdb … on virtio, sda … on scsi, sata and usb, hda … on ide, and floppies fda and fdb.",
  sources: [
    "libvirt domain_validate.c virDomainDiskDefValidate, virutil.c virDiskNameParse, qemu_validate.c qemuValidateDomainDeviceDefDisk",
    "tried: libvirt 9.0.0 refuses vda1, vda01, nvme0n1, VDA, vd, a disk fda, a floppy sda and fdc, and a disk without target; it defines sdaa, and vda0, which is no partition",
  ],
  needs: ["guest"],
  on: guests,
  check: (guest) => guest.disks.map((disk, index) => outcomeOf(guest, disk, index)),
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [{ source: { file: { file: "/srv/root.img" } }, target: { dev: "vda1", bus: "virtio" } }],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [{ source: { file: { file: "/srv/root.img" } }, target: { dev: "vda", bus: "virtio" } }],
        },
      }),
  },
});

function outcomeOf(guest: PlanGuest, disk: Planned<DomainDevicesDisks>, index: number): Outcome {
  const dev = disk.target?.dev;
  const device = diskDevice(disk);
  if (isLate(dev)) return undetermined("the target of a disk is known only at apply");
  const refused = (message: string) =>
    fail({
      at: `devices.disks[${index}].target.dev`,
      message,
      fix: `use a name such as ${freeTarget(guest, prefixFor(disk, device))}`,
    });
  if (!dev) {
    return refused(`Disk ${index + 1} (${imageLabel(disk) ?? device}) of "${guest.label}" has no target.`);
  }
  // Xen has names of its own, partitions among them: another rule's matter.
  if (!guest.isQemu) return pass;
  const place = targetIndex(dev);
  if (place === undefined) {
    return refused(`Target ${dev} of "${guest.label}" is no name that libvirt can place.`);
  }
  const number = /\d+$/.exec(dev)?.[0];
  if (number !== undefined && number !== "0") {
    return refused(`Target ${dev} of "${guest.label}" names a partition, but a target is a whole disk.`);
  }
  const isFloppyName = dev.startsWith("fd");
  if (device === "floppy" && !isFloppyName) {
    return refused(`Target ${dev} of "${guest.label}" is that of a disk, but the device is a floppy.`);
  }
  if (device === "floppy" && place >= FLOPPY_DRIVES) {
    return refused(
      `Target ${dev} of "${guest.label}" would be floppy drive ${place + 1}; there are two: fda and fdb.`,
    );
  }
  if ((device === "disk" || device === "lun") && isFloppyName) {
    return refused(`Target ${dev} of "${guest.label}" is that of a floppy, but the device is a ${device}.`);
  }
  return isLate(device) && isFloppyName
    ? undetermined("whether a disk is a floppy is known only at apply")
    : pass;
}

/** The prefix of names that suit the bus of a disk. */
function prefixFor(disk: Planned<DomainDevicesDisks>, device: string): string {
  if (device === "floppy") return "fd";
  const bus = diskBus(disk);
  return bus === undefined || isLate(bus) ? "vd" : (PREFIX_OF_BUS[bus] ?? "sd");
}
