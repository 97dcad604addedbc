import { diskNeedsSource } from "../../../lib/rules/dsk/disk-needs-source";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const from = (source: object | undefined, changes: object = {}) => disk("vda", { source, ...changes });

RuleTester.run(diskNeedsSource, {
  fails: {
    "a disk without source": {
      plan: (t) => t.kvm(withDisks(disk("vdb"), from(undefined))),
      severity: "error",
      message: 'Disk vda of "web" has no image.',
      fix: "give it a source: file, block, or volume with its pool",
      at: "devices.disks[1].source",
      places: ["web"],
    },
    "an empty source": (t) => t.kvm(withDisks(from({}))),
    "a file, a device and a folder without a path": {
      plan: (t) => t.kvm(withDisks(from({ file: {} }), from({ block: {} }), from({ dir: {} }))),
      count: 3,
    },
    "empty paths": {
      plan: (t) =>
        t.kvm(
          withDisks(from({ file: { file: "" } }), from({ block: { dev: "" } }), from({ dir: { dir: "" } })),
        ),
      count: 3,
    },
    "a LUN without source": (t) => t.kvm(withDisks(from(undefined, { device: "lun" }))),
    "a volume without its pool": {
      plan: (t) => t.kvm(withDisks(from({ volume: { volume: "root.qcow2" } }))),
      message: 'Disk vda of "web" names a volume source without its pool.',
      fix: "add source.volume.pool",
    },
    "a pool without a volume": {
      plan: (t) => t.kvm(withDisks(from({ volume: { pool: "default" } }))),
      message: "without its volume",
      fix: "add source.volume.volume",
    },
    "a drive on a pool without a volume": (t) =>
      t.kvm(withDisks(from({ volume: { pool: "default" } }, { device: "cdrom" }))),
    "a Xen guest": (t) => t.xenPv(withDisks(from(undefined))),
  },
  passes: {
    "a file, a device, a folder and a volume": (t) =>
      t.kvm(
        withDisks(
          from({ file: { file: "/srv/x.img" } }),
          from({ block: { dev: "/dev/vg/x" } }),
          from({ dir: { dir: "/srv/x" } }),
          from({ volume: { pool: "default", volume: "x" } }),
        ),
      ),
    "an image on the network": (t) => t.kvm(withDisks(from({ network: { protocol: "rbd", name: "vms/x" } }))),
    "empty drives": (t) =>
      t.kvm(
        withDisks(
          from(undefined, { device: "cdrom" }),
          from({ file: {} }, { device: "cdrom" }),
          from(undefined, { device: "floppy" }),
        ),
      ),
    "paths known only at apply": (t) =>
      t.kvm(
        withDisks(
          from({ file: { file: "${var.path}" } }),
          from({ volume: { pool: "${var.p}", volume: "${var.v}" } }),
        ),
      ),
    "a source known only at apply": (t) =>
      t.kvm({ name: "web", devices: { disks: [{ source: "${var.source}", target: { dev: "vda" } }] } }),
    "a guest of which a prop cannot be used, as that may have been the image": (t) =>
      t.kvm({
        ...withDisks(from(undefined)),
        propIssues: [{ prop: "image", message: "5 is no image", fix: "give an image" }],
      }),
    "disks known only at apply": (t) => t.kvm({ devices: { disks: "${var.disks}" } }),
  },
  undetermined: {
    "an empty device whose kind is known only at apply": {
      plan: (t) => t.kvm(withDisks(from(undefined, { device: "${var.kind}" }))),
      reason: "the kind of a disk is known only at apply",
    },
  },
});
