import { uniqueDiskTarget } from "../../../lib/rules/dsk/unique-disk-target";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

RuleTester.run(uniqueDiskTarget, {
  fails: {
    "two disks of one target": {
      plan: (t) => t.kvm(withDisks(disk("vda"), disk("vda"))),
      message: '"web" has 2 disks with target vda: /srv/vda.img, /srv/vda.img.',
      fix: "such as vdb",
      severity: "error",
      at: "devices.disks[1].target.dev",
      places: ["web"],
    },
    "two disks of one target on different buses": (t) =>
      t.kvm(
        withDisks(
          disk("sda", { target: { dev: "sda", bus: "scsi" } }),
          disk("sda", { target: { dev: "sda", bus: "sata" } }),
        ),
      ),
    "three disks of one target, named by volume, by block device and by number": {
      plan: (t) =>
        t.kvm(
          withDisks(
            disk("vdb", { source: { volume: { pool: "default", volume: "data" } } }),
            disk("vda"),
            disk("vdb", { source: { block: { dev: "/dev/vg/x" } } }),
            disk("vdb", { source: { file: { file: "${var.image}" } } }),
          ),
        ),
      message: '"web" has 3 disks with target vdb: data, /dev/vg/x, disk 4.',
      fix: "such as vdc",
      at: "devices.disks[2].target.dev",
    },
    "two pairs": {
      plan: (t) => t.kvm(withDisks(disk("vda"), disk("vdb"), disk("vda"), disk("vdb"))),
      count: 2,
    },
    "a Xen guest": (t) => t.xenPv(withDisks(disk("xvda"), disk("xvda"))),
  },
  passes: {
    "different targets": (t) => t.kvm(withDisks(disk("vda"), disk("vdb"))),
    "no disks": (t) => t.kvm(withDisks()),
    "two disks without a target: that is another rule's": (t) =>
      t.kvm(withDisks(disk("vda", { target: {} }), disk("vda", { target: null }))),
    "one disk whose target is known only at apply": (t) => t.kvm(withDisks(disk("${var.dev}"))),
    "two guests with one target each": (t) => t.kvm(withDisks(disk("vda"))).kvm({ name: "db" }),
  },
  undetermined: {
    "one of two targets known only at apply": {
      plan: (t) => t.kvm(withDisks(disk("vda"), disk("${var.dev}"))),
      reason: "the target of a disk is known only at apply",
    },
  },
});
