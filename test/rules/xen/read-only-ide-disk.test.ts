import { readOnlyIdeDisk } from "../../../lib/rules/xen/read-only-ide-disk";
import { RuleTester } from "../../../lib/testing";

const disks = (...devs: string[]) => ({
  devices: {
    disks: devs.map((dev) => ({
      source: { file: { file: `/srv/${dev}.img` } },
      target: { dev },
      driver: { name: "qemu", type: "raw" },
      read_only: true as unknown,
    })),
  },
});
const changed = (dev: string, changes: object) => ({
  devices: { disks: [{ ...disks(dev).devices.disks[0], ...changes }] },
});

RuleTester.run(readOnlyIdeDisk, {
  fails: {
    "an IDE disk": {
      plan: (t) => t.xenHvm({ name: "a", ...disks("hda") }),
      severity: "error",
      message: 'disk hda of HVM guest "a" is read-only and one of the four that Xen emulates as IDE disks',
      fix: 'set target.dev to "xvde" and target.bus to "xen", or device to "cdrom"',
      at: "devices.disks[0].readOnly",
      places: ["a"],
    },
    "disks on Xen's bus that are emulated too": {
      plan: (t) => t.xenHvm(disks("xvda", "xvdd", "xvde")),
      count: 2,
      fix: /"xvdf"/,
    },
  },
  passes: {
    "later disks, and SCSI disks": (t) => t.xenHvm(disks("xvde", "sda", "xvdaa", "xvda1")),
    "a CD-ROM": (t) => t.xenHvm(changed("hdc", { device: "cdrom" })),
    "writable disks": (t) =>
      t.xenHvm(changed("hda", { read_only: false })).xenHvm(changed("hda", { read_only: undefined })),
    "no target": (t) => t.xenHvm(changed("hda", { target: undefined })),
    "PV and PVH guests, which have no emulated disks": (t) => t.xenPv(disks("xvda")).xenPvh(disks("hda")),
    "a KVM guest": (t) => t.kvm(disks("hda")),
    "a late kind of guest with a later disk": (t) =>
      t.xenHvm({ os: { type: "${var.type}" }, ...disks("xvde") }),
  },
  undetermined: {
    "a late switch": {
      plan: (t) => t.xenHvm(changed("hda", { read_only: "${var.ro}" })),
      reason: "whether a disk is read-only, or its target, is known only at apply",
    },
    "a late name": (t) => t.xenHvm(disks("${var.dev}")),
    "a late device": (t) => t.xenHvm(changed("hda", { device: "${var.device}" })),
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...disks("hda") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
