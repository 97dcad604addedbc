import { emulatedBusAlthoughVirtio } from "../../../lib/rules/dsk/emulated-bus-although-virtio";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const sata = (changes: object = {}) => disk("sda", { target: { dev: "sda", bus: "sata" }, ...changes });

RuleTester.run(emulatedBusAlthoughVirtio, {
  fails: {
    "sata under Debian": {
      plan: (t) => t.kvm(withDisks(disk("vda"), sata())),
      message: 'Disk sda of "web" is on the emulated sata bus, and Debian 12 has virtio drivers.',
      fix: 'use bus "virtio" with target vdb',
      severity: "warning",
      at: "devices.disks[1].target.bus",
    },
    "ide by the name of the target": (t) => t.kvm(withDisks(disk("hda"))),
  },
  passes: {
    virtio: (t) => t.kvm(withDisks(disk("vda"))),
    "virtio-scsi": (t) => t.kvm(withDisks(disk("sda"))),
    "a CD-ROM on sata": (t) => t.kvm(withDisks(sata({ device: "cdrom" }))),
    "sata under Windows": (t) => t.kvm({ ...withDisks(sata()), intent: { os: "windows-server-2022" } }),
    "a Xen guest": (t) => t.xenHvm(withDisks(sata())),
  },
  undetermined: {
    "a bus that is late": (t) => t.kvm(withDisks(disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
    "a kind that is late": (t) => t.kvm(withDisks(sata({ device: "${var.kind}" }))),
  },
});
