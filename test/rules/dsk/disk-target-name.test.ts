import { diskTargetName } from "../../../lib/rules/dsk/disk-target-name";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const at = (dev: string | undefined, changes: object = {}) => disk("x", { target: { dev }, ...changes });
const floppy = (dev: string) => at(dev, { device: "floppy" });

RuleTester.run(diskTargetName, {
  fails: {
    "a partition": {
      plan: (t) => t.kvm(withDisks(disk("vda"), disk("vdb1"))),
      severity: "error",
      message: 'Target vdb1 of "web" names a partition, but a target is a whole disk.',
      fix: "use a name such as vdb",
      at: "devices.disks[1].target.dev",
      places: ["web"],
    },
    "a partition whose number starts with zero": (t) => t.kvm(withDisks(disk("vda01"))),
    "the name that Linux gives an NVMe disk": {
      plan: (t) => t.kvm(withDisks(disk("nvme0n1"))),
      message: 'Target nvme0n1 of "web" is no name that libvirt can place.',
      fix: "use a name such as vda",
    },
    "upper case, a prefix alone, and a CD-ROM by another name": {
      plan: (t) => t.kvm(withDisks(disk("VDA"), disk("vd"), at("cdrom0", { device: "cdrom" }))),
      count: 3,
    },
    "no target": {
      plan: (t) => t.kvm(withDisks(at(undefined))),
      message: 'Disk 1 (/srv/x.img) of "web" has no target.',
      fix: "such as vda",
    },
    "an empty target of a drive without a medium": {
      plan: (t) => t.kvm(withDisks({ device: "cdrom", target: { dev: "", bus: "sata" } })),
      message: 'Disk 1 (cdrom) of "web" has no target.',
      fix: "such as sda",
    },
    "no target of a Xen guest": (t) => t.xenPv(withDisks({ source: { file: { file: "/srv/x.img" } } })),
    "a floppy with a disk's name": {
      plan: (t) => t.kvm(withDisks(floppy("sda"))),
      message: 'Target sda of "web" is that of a disk, but the device is a floppy.',
      fix: "such as fda",
    },
    "a third floppy drive": {
      plan: (t) => t.kvm(withDisks(floppy("fda"), floppy("fdc"))),
      message: 'Target fdc of "web" would be floppy drive 3; there are two: fda and fdb.',
      fix: "such as fdb",
      at: "devices.disks[1].target.dev",
    },
    "a disk with a floppy's name": {
      plan: (t) => t.kvm(withDisks(disk("fda"))),
      message: 'Target fda of "web" is that of a floppy, but the device is a disk.',
    },
    "a LUN with a floppy's name": {
      plan: (t) => t.kvm(withDisks(at("fda", { device: "lun" }))),
      message: "the device is a lun",
    },
    "a bad name on each bus, with a name that suits it": {
      plan: (t) =>
        t.kvm(
          withDisks(
            ...["ide", "scsi", "sata", "usb", "xen", "virtio", "${var.bus}"].map((bus) =>
              disk("x", { target: { dev: "bad", bus } }),
            ),
          ),
        ),
      count: 7,
      fix: /hda\n.*sda\n.*sda\n.*sda\n.*xvda\n.*vda\n.*vda$/,
    },
    "a bad name with a prefix that says its bus": {
      plan: (t) => t.kvm(withDisks(disk("xvda1"))),
      fix: "such as xvda",
    },
    "an emulated guest": (t) => t.tcg(withDisks(disk("vda1"))),
  },
  passes: {
    "names of every bus": (t) =>
      t.kvm(withDisks(disk("vda"), disk("sdaa"), disk("hdd"), disk("xvdz"), disk("ubda"))),
    "two floppies": (t) => t.kvm(withDisks(floppy("fda"), floppy("fdb"))),
    "a partition number of zero, which libvirt takes for none": (t) => t.kvm(withDisks(disk("vda0"))),
    "a CD-ROM with a floppy's name, which libvirt takes": (t) =>
      t.kvm(withDisks(at("fda", { device: "cdrom" }))),
    "a partition of a Xen guest": (t) => t.xenPv(withDisks(disk("xvda1"))),
    "a kind known only at apply with a disk's name": (t) =>
      t.kvm(withDisks(at("vda", { device: "${var.kind}" }))),
    "no disks": (t) => t.kvm(withDisks()),
  },
  undetermined: {
    "a target known only at apply": {
      plan: (t) => t.kvm(withDisks(disk("${var.dev}"))),
      reason: "the target of a disk is known only at apply",
    },
    "a kind known only at apply with a floppy's name": {
      plan: (t) => t.kvm(withDisks(at("fda", { device: "${var.kind}" }))),
      reason: "whether a disk is a floppy is known only at apply",
    },
  },
});
