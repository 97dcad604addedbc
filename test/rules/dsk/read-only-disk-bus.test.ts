import { readOnlyDiskBus } from "../../../lib/rules/dsk/read-only-disk-bus";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const readOnly = (dev: string, bus?: string, changes: object = {}) =>
  disk(dev, { read_only: true, target: { dev, bus }, ...changes });

RuleTester.run(readOnlyDiskBus, {
  fails: {
    "a read-only disk on sata": {
      plan: (t) => t.kvm(withDisks(disk("vda"), readOnly("sda", "sata"))),
      severity: "error",
      message: 'Disk sda of "web" is read-only on the sata bus, where a hard disk cannot be.',
      fix: 'use bus "virtio" with target vdb or "scsi" with sdb, or device "cdrom"',
      at: "devices.disks[1].readOnly",
      places: ["web"],
    },
    "a read-only disk on ide": {
      plan: (t) => t.kvm(withDisks(readOnly("hda", "ide"))),
      message: "on the ide bus",
    },
    "a read-only disk whose target alone says ide": (t) => t.kvm(withDisks(readOnly("hda"))),
    "an emulated guest": (t) => t.tcg(withDisks(readOnly("sda", "sata"))),
  },
  passes: {
    "read-only disks on virtio, scsi and usb": (t) =>
      t.kvm(
        withDisks(
          readOnly("vda", "virtio"),
          readOnly("sda", "scsi"),
          readOnly("sdb", "usb"),
          readOnly("sdc"),
        ),
      ),
    "drives and LUNs": (t) =>
      t.kvm(
        withDisks(
          readOnly("sda", "sata", { device: "cdrom" }),
          readOnly("fda", "ide", { device: "floppy" }),
          readOnly("sdb", "sata", { device: "lun" }),
        ),
      ),
    "writable disks on sata": (t) =>
      t.kvm(
        withDisks(
          readOnly("sda", "sata", { read_only: false }),
          disk("sdb", { target: { dev: "sdb", bus: "sata" } }),
        ),
      ),
    "a bus known only at apply of a writable disk": (t) =>
      t.kvm(withDisks(disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
    "read-only known only at apply on virtio": (t) =>
      t.kvm(withDisks(readOnly("vda", "virtio", { read_only: "${var.ro}" }))),
    "no target: that is another rule's": (t) => t.kvm(withDisks(disk("x", { read_only: true, target: {} }))),
    "a Xen guest": (t) => t.xenHvm(withDisks(readOnly("hda", "ide"))),
  },
  undetermined: {
    "read-only known only at apply on sata": {
      plan: (t) => t.kvm(withDisks(readOnly("sda", "sata", { read_only: "${var.ro}" }))),
      reason: "whether a disk is read-only, or its bus, is known only at apply",
    },
    "a bus known only at apply": (t) => t.kvm(withDisks(readOnly("sda", "${var.bus}"))),
    "a target known only at apply": (t) => t.kvm(withDisks(readOnly("${var.dev}"))),
    "a kind known only at apply": (t) => t.kvm(withDisks(readOnly("sda", "sata", { device: "${var.kind}" }))),
  },
});
