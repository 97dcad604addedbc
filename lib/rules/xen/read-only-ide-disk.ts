import { diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** The names that the device model emulates as its four IDE disks. */
const IDE = /^(xvd|hd)[a-d]$/;

/** ATA has no write protection for hard disks, and libxl does not pretend otherwise. */
export const readOnlyIdeDisk = defineRule({
  code: "VIRT-XEN-048",
  slug: "read-only-ide-disk",
  severity: "error",
  stage: "start",
  title: "A read-only disk of a Xen HVM guest is not one of the first four",
  why: "For the boot loader, the device model of an HVM guest emulates the disks hda to hdd and xvda to xvdd as IDE disks, and an IDE disk cannot be read-only. Disks from xvde on are Xen's alone, and emulated SCSI disks know write protection.",
  fix: "Name the disk xvde or later, or make it a CD-ROM.",
  sources: [
    "Xen libxl_dm.c libxl__build_device_model_args_new",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with a read-only disk hda: start refused, qemu-xen doesn't support read-only IDE disk drivers; PV disks are not concerned",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return;
    for (const [index, disk] of guest.disks.entries()) {
      const { readOnly, target } = disk;
      const [device, dev] = [diskDevice(disk), target?.dev];
      if (readOnly === undefined || readOnly === false || device === "cdrom" || dev === undefined) continue;
      if (!isLate(dev) && !IDE.test(dev)) continue;
      if (isLate(readOnly) || isLate(device) || isLate(dev)) {
        yield undetermined("whether a disk is read-only, or its target, is known only at apply");
      } else if (hvm === undefined) yield lateKind;
      else {
        yield fail({
          at: `devices.disks[${index}].readOnly`,
          message: `disk ${dev} of HVM guest "${guest.label}" is read-only and one of the four that Xen emulates as IDE disks, which cannot be.`,
          fix: `set target.dev to "${free(guest)}" and target.bus to "xen", or device to "cdrom"`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { disks: [{ ...disk, target: { dev: "xvdb", bus: "xen" } }] } }),
    good: (plan) => plan.xenHvm({ devices: { disks: [{ ...disk, target: { dev: "xvde", bus: "xen" } }] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/tools.img" } },
  driver: { name: "qemu", type: "raw" },
  read_only: true,
};

function free(guest: PlanGuest): string {
  const used = new Set(guest.disks.map((each) => each.target?.dev));
  return (
    [..."efghijklmnopqrstuvwxyz"].map((letter) => `xvd${letter}`).find((dev) => !used.has(dev)) ?? "xvdaa"
  );
}
