import { diskTargetNames } from "../../../lib/rules/xen/disk-target-names";
import { RuleTester } from "../../../lib/testing";

const disks = (...targets: { dev?: string; bus?: string; device?: string }[]) => ({
  devices: {
    disks: targets.map(({ dev, bus, device }) => ({
      device,
      target: { dev, bus },
      source: { file: { file: "/x" } },
    })),
  },
});

RuleTester.run(diskTargetNames, {
  fails: {
    "a virtio disk": {
      plan: (t) =>
        t.xenPv({ name: "a", ...disks({ dev: "xvda", bus: "xen" }, { dev: "vdb", bus: "virtio" }) }),
      severity: "error",
      message:
        'disk vdb of "a" cannot be attached: Xen knows xvda and onwards, hda to hdd and sda to sdp only.',
      fix: /^set target\.dev to "xvdb" and target\.bus to "xen"$/,
      at: "devices.disks[1].target.dev",
      places: ["a"],
    },
    "whatever its bus": {
      plan: (t) => t.xenHvm(disks({ dev: "vda", bus: "xen" })),
      at: "devices.disks[0].target.dev",
    },
    "the same letter is taken": {
      plan: (t) => t.xenHvm(disks({ dev: "vda" }, { dev: "xvda" }, { dev: "xvdb" })),
      fix: 'set target.dev to "xvdc"',
    },
    "a floppy": {
      plan: (t) => t.xenHvm(disks({ dev: "fda", bus: "fdc", device: "floppy" })),
      message: "disk fda of",
    },
    "a name without a letter": { plan: (t) => t.xenHvm(disks({ dev: "sd" })), fix: 'target.dev to "xvdd"' },
    "a name in capitals": (t) => t.xenHvm(disks({ dev: "XVDA" })),
    "a prefix that stands elsewhere": (t) => t.xenHvm(disks({ dev: "vxvda" })),
    "a name that ends in no letter": {
      plan: (t) => t.xenHvm(disks({ dev: "vda1" })),
      fix: 'target.dev to "xvda"',
    },
    "every letter is taken": {
      plan: (t) =>
        t.xenHvm(
          disks({ dev: "vda" }, ...[..."abcdefghijklmnopqrstuvwxyz"].map((x) => ({ dev: `xvd${x}` }))),
        ),
      fix: 'target.dev to "xvdaa"',
    },
    "SATA, as a warning": {
      plan: (t) => t.xenHvm({ name: "a", ...disks({ dev: "sda", bus: "sata" }) }),
      severity: "warning",
      message: 'disk sda of "a" asks for bus sata; under Xen the name decides, and sda is a SCSI disk.',
      fix: 'set target.bus to "scsi", which goes with sda',
      at: "devices.disks[0].target.bus",
    },
    "USB, as a warning": { plan: (t) => t.xenHvm(disks({ dev: "sda", bus: "usb" })), severity: "warning" },
    "virtio with a Xen name, which starts": {
      plan: (t) => t.xenPv(disks({ dev: "xvda", bus: "virtio" })),
      severity: "warning",
      message: "xvda is a disk of bus xen.",
      fix: 'target.bus to "xen"',
    },
    "IDE with another bus": {
      plan: (t) => t.xenHvm(disks({ dev: "hda", bus: "scsi" })),
      severity: "warning",
      message: "hda is an IDE disk.",
      fix: 'target.bus to "ide"',
    },
    "a CD-ROM of an HVM guest, which is always IDE": {
      plan: (t) => t.xenHvm(disks({ dev: "sda", bus: "sata", device: "cdrom" })),
      severity: "warning",
      message: "sda is an IDE CD-ROM drive.",
      fix: 'set target.dev to "hdc" and target.bus to "ide"',
    },
    "a CD-ROM of a PV guest, which has no drives": {
      plan: (t) => t.xenPv(disks({ dev: "sda", bus: "sata", device: "cdrom" })),
      severity: "warning",
      message: "sda is a SCSI disk.",
      fix: 'set target.bus to "scsi"',
    },
  },
  passes: {
    "each name with its bus": (t) =>
      t.xenHvm(disks({ dev: "xvda", bus: "xen" }, { dev: "hdb", bus: "ide" }, { dev: "sda", bus: "scsi" })),
    "names without a bus": (t) =>
      t.xenPv(disks({ dev: "xvdz" }, { dev: "xvdaa" }, { dev: "hda" }, { dev: "sdp" })),
    "a partition": (t) => t.xenPv(disks({ dev: "xvda1", bus: "xen" })),
    "no target: that is another rule's": (t) =>
      t.xenPv({ devices: { disks: [{ source: { file: { file: "/x" } } }, { target: { bus: "virtio" } }] } }),
    "virtio on KVM": (t) => t.kvm(),
  },
  undetermined: {
    "a late name": {
      plan: (t) => t.xenPv(disks({ dev: "${var.dev}" })),
      reason: "the target of a disk is known only at apply",
    },
    "a late bus": {
      plan: (t) => t.xenPv(disks({ dev: "xvda", bus: "${var.bus}" })),
      reason: "the bus of a disk is known only at apply",
    },
    "late disks": (t) => t.xenPv({ devices: { disks: "${var.disks}" } }),
  },
});
