import { sharedDiskIsRaw } from "../../../lib/rules/dsk/shared-disk-is-raw";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const shared = (type: string | undefined, changes: object = {}) =>
  disk("vda", { shareable: true, driver: { name: "qemu", type }, ...changes });
const volume = { source: { volume: { pool: "default", volume: "data" } } };

RuleTester.run(sharedDiskIsRaw, {
  fails: {
    "a shared qcow2 image": {
      plan: (t) => t.kvm(withDisks(disk("vdb"), shared("qcow2"))),
      message: 'Disk vda of "web" is shared for writing and of format qcow2; only raw images can be.',
      fix: "use a raw image or a block device, set readOnly, or take away shareable",
      severity: "error",
      at: "devices.disks[1].driver.type",
      places: ["web"],
    },
    "a shared volume whose format is not stated": {
      plan: (t) => t.kvm(withDisks(shared(undefined, volume))),
      message: "its format is not stated",
      fix: 'state driver type "raw"',
      at: "devices.disks[0].shareable",
    },
    "a shared qcow2 volume": {
      plan: (t) => t.kvm(withDisks(shared("qcow2", volume))),
      at: "devices.disks[0].driver.type",
    },
    "a shared floppy": (t) => t.kvm(withDisks(shared("vmdk", { device: "floppy", read_only: false }))),
    "an emulated guest": (t) => t.tcg(withDisks(shared("qcow2"))),
  },
  passes: {
    "a shared raw image": (t) => t.kvm(withDisks(shared("raw"))),
    "a shared file whose format is not stated, which is raw": (t) =>
      t.kvm(withDisks(shared(undefined), disk("vdb", { shareable: true }))),
    "a shared raw volume": (t) => t.kvm(withDisks(shared("raw", volume))),
    "a shared read-only image": (t) => t.kvm(withDisks(shared("qcow2", { read_only: true }))),
    "a CD-ROM, which is read-only": (t) => t.kvm(withDisks(shared("qcow2", { device: "cdrom" }))),
    "an image that is not shared": (t) =>
      t.kvm(withDisks(shared("qcow2", { shareable: false }), shared("qcow2", { shareable: null }))),
    "a format known only at apply that is not shared": (t) =>
      t.kvm(withDisks(shared("${var.format}", { shareable: false }))),
    "an image that may be shared and is raw": (t) =>
      t.kvm(withDisks(shared("raw", { shareable: "${var.shared}" }))),
    "a Xen guest": (t) => t.xenPv(withDisks(shared("qcow2"))),
  },
  undetermined: {
    "a format known only at apply": {
      plan: (t) => t.kvm(withDisks(shared("${var.format}"))),
      reason: "whether a disk is shared, writable and raw is known only at apply",
    },
    "sharing known only at apply": (t) => t.kvm(withDisks(shared("qcow2", { shareable: "${var.shared}" }))),
    "read-only known only at apply": (t) => t.kvm(withDisks(shared("qcow2", { read_only: "${var.ro}" }))),
    "a kind known only at apply": (t) => t.kvm(withDisks(shared("qcow2", { device: "${var.kind}" }))),
  },
});
