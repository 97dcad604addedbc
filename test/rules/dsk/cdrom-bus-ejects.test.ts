import { cdromBusEjects } from "../../../lib/rules/dsk/cdrom-bus-ejects";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const cdrom = (dev: string, bus?: string) => disk(dev, { device: "cdrom", target: { dev, bus } });

RuleTester.run(cdromBusEjects, {
  fails: {
    "a CD-ROM on virtio": {
      plan: (t) => t.kvm(withDisks(disk("sda"), cdrom("vda", "virtio"))),
      message: 'CD-ROM vda of "web" is on the virtio bus, which cannot eject a medium.',
      fix: 'use bus "sata" with target sdb',
      severity: "error",
      at: "devices.disks[1].target.bus",
      places: ["web"],
    },
    "a CD-ROM on sd": {
      plan: (t) => t.kvm(withDisks(cdrom("sda", "sd"))),
      message: "on the sd bus",
    },
    "a CD-ROM whose target alone says virtio": {
      plan: (t) => t.kvm(withDisks(cdrom("vdc"))),
      message: "on the virtio bus (its target says so), which",
      at: "devices.disks[0].target.dev",
    },
    "on machine pc, with ide as a way out": {
      plan: (t) => t.kvm({ ...withDisks(cdrom("vda", "virtio")), os: { type_machine: "pc" } }),
      fix: 'use bus "ide" with target hda, or bus "sata" with target sda',
    },
    "an emulated guest": (t) => t.tcg(withDisks(cdrom("vda", "virtio"))),
  },
  passes: {
    "a CD-ROM on sata": (t) => t.kvm(withDisks(cdrom("sda", "sata"))),
    "a CD-ROM on usb": (t) => t.kvm(withDisks(cdrom("sda", "usb"))),
    "a CD-ROM whose target says scsi": (t) => t.kvm(withDisks(cdrom("sda"))),
    "a disk that says it is a hard disk": (t) => t.kvm(withDisks(disk("vda", { device: "disk" }))),
    "a hard disk on virtio": (t) => t.kvm(withDisks(disk("vda"))),
    "a floppy on virtio: that is another rule's": (t) => t.kvm(withDisks(disk("vda", { device: "floppy" }))),
    "a Xen guest": (t) => t.xenHvm(withDisks(cdrom("vda", "virtio"))),
    "a kind known only at apply on sata": (t) =>
      t.kvm(withDisks(disk("sda", { device: "${var.kind}", target: { dev: "sda", bus: "sata" } }))),
    "a hard disk on a bus known only at apply": (t) =>
      t.kvm(withDisks(disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
  },
  undetermined: {
    "a CD-ROM whose bus is known only at apply": {
      plan: (t) => t.kvm(withDisks(cdrom("sda", "${var.bus}"))),
      reason: "the bus or kind of a disk is known only at apply",
    },
    "a CD-ROM without bus whose target is known only at apply": (t) => t.kvm(withDisks(cdrom("${var.dev}"))),
    "a virtio disk whose kind is known only at apply": (t) =>
      t.kvm(withDisks(disk("vda", { device: "${var.kind}" }))),
  },
});
