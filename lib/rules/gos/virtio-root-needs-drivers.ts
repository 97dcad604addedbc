import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { installation, rootDisk, virtioAttachment } from "./installation";

/** A system that does not know the controller of its root disk has no root disk. */
export const virtioRootNeedsDrivers = defineRule({
  code: "VIRT-GOS-005",
  slug: "virtio-root-needs-drivers",
  severity: "error",
  stage: "boot",
  title: "A root disk on virtio needs an operating system with virtio drivers",
  why: "Windows and some older systems bring no driver for virtio disks. Their installer finds no disk, and an image without the drivers stops at boot (INACCESSIBLE_BOOT_DEVICE). The drivers are on the virtio-win ISO, or already in a prepared image; nobody can see into an image from outside.",
  fix: "Attach the virtio-win ISO for the installation, use an image that has the drivers, or put the root disk on sata.",
  sources: [
    "the catalogue of guest operating systems",
    "osinfo-db: no Windows has a virtio device; drivers are listed apart (win-*.d)",
    "libvirt: a SCSI controller without model is lsilogic on x86 where QEMU has it",
  ],
  needs: ["guest", "operating system", "plan"],
  on: qemuGuests,
  check: (guest, plan) => {
    const root = rootDisk(guest);
    if (root === undefined) return notApplicable;
    const { os, label, intent } = guest;
    if (os?.virtioInBox || intent?.virtioDrivers === "in-image" || intent?.virtioDrivers === "iso")
      return pass;
    const attachment = root === "late" ? root : virtioAttachment(guest, root.disk);
    if (attachment === undefined) return notApplicable;
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (root === "late" || isLate(attachment))
      return undetermined("the guest's root disk is known only at apply");
    if (os.virtioInBox === undefined)
      return undetermined(`whether ${os.name} has virtio drivers is not known`);
    const install = installation(plan, guest, root.disk);
    if (intent?.virtioDrivers === undefined) {
      if (install?.drivers) return pass;
      if (!install)
        return undetermined(`whether the image of a ${os.name} guest has virtio drivers is not stated`);
    }
    return fail({
      at: `${root.at}.target.bus`,
      message: `${os.name} has no virtio drivers of its own, so "${label}" does not find its root disk ${root.at} on ${attachment}${
        intent?.virtioDrivers === "none"
          ? ""
          : `: it is installed from ${install!.medium}, and no driver ISO is attached`
      }.`,
      fix: `attach the virtio-win ISO as a second CD-ROM and set virtioDrivers: "iso", use an image that has the drivers with virtioDrivers: "in-image", or set ${root.at}.target to { dev: "sda", bus: "sata" }`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "windows-server-2022", virtioDrivers: "none" }, memory: 4 }),
    good: (plan) => plan.kvm({ intent: { os: "windows-server-2022", virtioDrivers: "in-image" }, memory: 4 }),
  },
  alsoFails: ["VIRT-GOS-009"],
});
