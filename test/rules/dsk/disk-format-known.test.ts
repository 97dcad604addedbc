import { diskFormatKnown } from "../../../lib/rules/dsk/disk-format-known";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const of = (type: string | undefined, changes: object = {}) =>
  disk("vda", { driver: { name: "qemu", type }, ...changes });

RuleTester.run(diskFormatKnown, {
  fails: {
    "an ISO by that name": {
      plan: (t) => t.kvm(withDisks(disk("vdb"), of("iso", { device: "cdrom" }))),
      severity: "error",
      message: 'Disk vda of "web" has format iso, which no disk takes.',
      fix: 'write "raw": an ISO is read as it is',
      at: "devices.disks[1].driver.type",
      places: ["web"],
    },
    "encryption as a format": { plan: (t) => t.kvm(withDisks(of("luks"))), fix: "encryption format luks" },
    "a format that QEMU gave up": {
      plan: (t) => t.kvm(withDisks(of("cow"))),
      fix: "convert the image to qcow2",
    },
    "a folder as a format": { plan: (t) => t.kvm(withDisks(of("dir"))), fix: 'with format "fat"' },
    "VHDX by its own name": { plan: (t) => t.kvm(withDisks(of("vhdx"))), fix: 'write "vhd"' },
    "fat of a file": {
      plan: (t) => t.kvm(withDisks(of("fat"))),
      message: "has format fat, which is for folders alone.",
      fix: 'write the format of the image: "raw" or "qcow2"',
    },
    "a folder in another format, or none": {
      plan: (t) =>
        t.kvm(
          withDisks(
            of("raw", { source: { dir: { dir: "/srv/x" } } }),
            disk("vdb", { source: { dir: { dir: "/srv/x" } } }),
          ),
        ),
      count: 2,
      message: /is a folder in format raw; QEMU[\s\S]*is a folder in no stated format/,
      fix: 'set driver.type to "fat"',
    },
    "a backing image of no format": {
      plan: (t) =>
        t.kvm(
          withDisks(
            of("qcow2", {
              backing_store: { format: { type: "qcow3" }, source: { file: { file: "/srv/base.img" } } },
            }),
          ),
        ),
      message: 'The backing image of disk vda of "web" has format qcow3, which libvirt does not know.',
      at: "devices.disks[0].backingStore.format.type",
    },
    "a misspelt format": {
      plan: (t) => t.kvm(withDisks(of("qcow3"))),
      message: "has format qcow3, which libvirt does not know.",
      fix: 'did you mean "qcow2"?',
    },
    "upper case": { plan: (t) => t.kvm(withDisks(of("RAW"))), fix: 'did you mean "raw"?' },
    "a word that is like none": {
      plan: (t) => t.kvm(withDisks(of("automatic"))),
      fix: "write the format of the image",
    },
    "an emulated guest": (t) => t.tcg(withDisks(of("iso"))),
  },
  passes: {
    "every format that QEMU opens": (t) =>
      t.kvm(
        withDisks(
          ...[
            "raw",
            "qcow2",
            "qcow",
            "qed",
            "vmdk",
            "vdi",
            "vpc",
            "vhd",
            "aio",
            "dmg",
            "bochs",
            "cloop",
            "ploop",
          ].map((format) => of(format)),
        ),
      ),
    "a folder shown as a FAT disk": (t) =>
      t.kvm(withDisks(of("fat", { source: { dir: { dir: "/srv/x" } } }))),
    "backing images": (t) =>
      t.kvm(
        withDisks(
          of("qcow2", { backing_store: {} }),
          disk("vdb", { backing_store: { format: { type: "raw" }, source: { file: { file: "/b" } } } }),
        ),
      ),
    "no format": (t) => t.kvm(withDisks(of(undefined), disk("vdb"))),
    "a Xen guest: that is another rule's": (t) => t.xenHvm(withDisks(of("iso"))),
  },
  undetermined: {
    "a format known only at apply": {
      plan: (t) => t.kvm(withDisks(of("${var.format}"))),
      reason: "the format of a disk is known only at apply",
    },
  },
});
