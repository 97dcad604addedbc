import { floppyBus } from "../../../lib/rules/dsk/floppy-bus";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const on = (bus: string | undefined, device?: string, dev = "fda") =>
  disk(dev, { device, target: { dev, bus } });

RuleTester.run(floppyBus, {
  fails: {
    "a floppy on another bus": {
      plan: (t) => t.kvm(withDisks(on("sata", undefined, "sda"), on("virtio", "floppy"))),
      severity: "error",
      message: 'Floppy fda of "web" is on the virtio bus; floppies are on fdc alone.',
      fix: 'use bus "fdc", or leave it out',
      at: "devices.disks[1].target.bus",
      places: ["web"],
    },
    "a disk on fdc": {
      plan: (t) => t.kvm(withDisks(on("fdc", undefined, "vda"))),
      message: 'Disk vda of "web" is on the fdc bus, which takes floppies alone.',
      fix: 'use another bus, or device "floppy"',
    },
    "a CD-ROM on fdc": { plan: (t) => t.kvm(withDisks(on("fdc", "cdrom"))), message: 'CD-ROM fda of "web"' },
    "a Xen guest": (t) => t.xenHvm(withDisks(on("ide", "floppy"))),
  },
  passes: {
    "a floppy on fdc": (t) => t.kvm(withDisks(on("fdc", "floppy"))),
    "a floppy without a bus": (t) => t.kvm(withDisks(on(undefined, "floppy"))),
    "disks on other buses and without one": (t) =>
      t.kvm(
        withDisks(on("virtio", "disk", "vda"), on("sata", "cdrom", "sda"), on(undefined, undefined, "vdb")),
      ),
    "a disk whose target alone says floppy: that is another rule's": (t) => t.kvm(withDisks(on(undefined))),
    "a bus known only at apply of a disk": (t) => t.kvm(withDisks(on("${var.bus}", "disk", "vda"))),
    "a kind known only at apply on another bus": (t) => t.kvm(withDisks(on("virtio", "${var.kind}", "vda"))),
  },
  undetermined: {
    "a bus known only at apply of a floppy": {
      plan: (t) => t.kvm(withDisks(on("${var.bus}", "floppy"))),
      reason: "the bus or kind of a disk is known only at apply",
    },
    "a kind known only at apply on fdc": (t) => t.kvm(withDisks(on("fdc", "${var.kind}"))),
  },
});
