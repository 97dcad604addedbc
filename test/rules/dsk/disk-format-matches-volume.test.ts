import { diskFormatMatchesVolume } from "../../../lib/rules/dsk/disk-format-matches-volume";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const ROOT = { volume: { pool: "default", volume: "${libvirt_volume.root.name}" } };
const of = (source: object, type?: string) => disk("vda", { source, driver: { name: "qemu", type } });
const format = (type: string) => ({ target: { format: { type } } });
const file = (path: string) => ({ file: { file: path } });

RuleTester.run(diskFormatMatchesVolume, {
  fails: {
    "a qcow2 volume whose disk states no format": {
      plan: (t) => t.volume("root").kvm(withDisks(disk("vdb"), of(ROOT))),
      severity: "error",
      message: 'Disk vda of "web" states no format and is opened as raw, but volume root.qcow2 is qcow2.',
      fix: 'set driver.type to "qcow2"',
      at: "devices.disks[1].driver",
      places: ["web", "root.qcow2"],
    },
    "a qcow2 volume as raw": {
      plan: (t) => t.volume("root").kvm(withDisks(of(ROOT, "raw"))),
      message: 'Disk vda of "web" is opened as raw, but volume root.qcow2 is qcow2.',
      at: "devices.disks[0].driver.type",
    },
    "a raw volume as qcow2": {
      plan: (t) => t.volume("root", format("raw")).kvm(withDisks(of(ROOT, "qcow2"))),
      message: "is opened as qcow2, but volume root.qcow2 is raw",
      fix: 'to "raw"',
    },
    "a volume without format, which is raw, as qcow2": (t) =>
      t.volume("root", { target: null }).kvm(withDisks(of(ROOT, "qcow2"))),
    "a volume by its path": (t) =>
      t.volume("root").kvm(withDisks(of(file("${libvirt_volume.root.path}"), "raw"))),
    "a disk without a driver": (t) => t.volume("root").kvm(withDisks(disk("vda", { source: ROOT }))),
    "a Xen guest with another format": (t) =>
      t
        .xenHost("x1")
        .volume("root")
        .xenPv(withDisks(of(file("${libvirt_volume.root.path}"), "raw"))),
    "a file whose name says its format, as a warning": {
      plan: (t) => t.kvm(withDisks(of(file("/srv/root.QCOW2")))),
      severity: "warning",
      message: 'Disk vda of "web" states no format, so that /srv/root.QCOW2 is opened as raw whatever it is.',
      fix: 'set driver.type, to "qcow2" if that is what it is',
      at: "devices.disks[0].driver",
    },
    "a volume that the plan does not make, as a warning": {
      plan: (t) => t.kvm(withDisks(of({ volume: { pool: "default", volume: "old.vhdx" } }))),
      severity: "warning",
      fix: 'to "vhd" if',
    },
    "an uploaded volume of which nothing is known, by its name, as a warning": {
      plan: (t) =>
        t.volume("root", { target: null, create: { content: { url: "/x" } } }).kvm(withDisks(of(ROOT))),
      severity: "warning",
    },
  },
  passes: {
    "the format of the volume": (t) => t.volume("root").kvm(withDisks(of(ROOT, "qcow2"))),
    "a raw volume whose disk states nothing": (t) => t.volume("root", format("raw")).kvm(withDisks(of(ROOT))),
    "an ISO as raw": (t) => t.volume("root", format("iso")).kvm(withDisks(of(ROOT, "raw"))),
    "an uploaded volume with a format": (t) =>
      t
        .volume("root", { target: null, create: { content: { url: "/x" } } })
        .kvm(withDisks(of(ROOT, "qcow2")))
        .kvm(withDisks(of(ROOT, "raw"))),
    "files whose names say nothing": (t) =>
      t.kvm(
        withDisks(of(file("/srv/x.img")), of(file("/srv/qcow2/x")), of({ block: { dev: "/dev/x.qcow2" } })),
      ),
    "a file with a format": (t) => t.kvm(withDisks(of(file("/srv/x.qcow2"), "raw"))),
    "a path known only at apply": (t) => t.kvm(withDisks(of(file("${var.dir}/x.qcow2")))),
    "a file of a Xen guest: that is another rule's": (t) => t.xenPv(withDisks(of(file("/srv/x.qcow2")))),
    "drives without a medium": (t) => t.kvm(withDisks({ device: "cdrom", target: { dev: "sda" } })),
  },
  undetermined: {
    "a format known only at apply": {
      plan: (t) => t.volume("root").kvm(withDisks(of(ROOT, "${var.format}"))),
      reason: "the format of a disk is known only at apply",
    },
    "a volume's format known only at apply": {
      plan: (t) => t.volume("root", format("${var.format}")).kvm(withDisks(of(ROOT, "raw"))),
      reason: "the format of a volume is known only at apply",
    },
  },
});
