import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** How far the names of emulated disks go. */
const LAST: Readonly<Record<string, string>> = { hd: "d", sd: "p" };

/** Two IDE channels with two drives each, and one SCSI controller. */
export const emulatedDiskCount = defineRule({
  code: "VIRT-XEN-028",
  slug: "emulated-disk-count",
  severity: "error",
  stage: "start",
  title: "A Xen guest's IDE disks end at hdd, its SCSI disks at sdp",
  why: "Xen numbers disks by their names, and the names of emulated disks go no further: hda to hdd and sda to sdp. xvd names have no such end.",
  fix: "Name further disks xvde and onwards, with bus xen.",
  sources: [
    "xen-vbd-interface(7)",
    "libxl_device.c libxl__device_disk_dev_number",
    "tried: libvirt 9.0.0, Xen 4.17, HVM with hde: start refused",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, { target }] of guest.disks.entries()) {
      if (isLate(target?.dev)) {
        yield undetermined("the target of a disk is known only at apply");
        continue;
      }
      const [, prefix, letters] = /^(hd|sd)([a-z]+)\d*$/.exec(target?.dev ?? "") ?? [];
      if (prefix === undefined || letters === undefined) continue;
      const last = LAST[prefix]!;
      if (letters.length === 1 && letters <= last) continue;
      yield fail({
        at: `devices.disks[${index}].target.dev`,
        message: `disk ${target?.dev} of "${guest.label}" cannot be attached: ${prefix} names end at ${prefix}${last}.`,
        fix: `name it xvd${letters}, with bus xen`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { disks: [{ ...disk, target: { dev: "hde", bus: "ide" } }] } }),
    good: (plan) => plan.xenHvm({ devices: { disks: [{ ...disk, target: { dev: "xvde", bus: "xen" } }] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  driver: { name: "qemu", type: "raw" },
};
