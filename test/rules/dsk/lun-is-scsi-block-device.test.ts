import { lunIsScsiBlockDevice } from "../../../lib/rules/dsk/lun-is-scsi-block-device";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const BLOCK = { block: { dev: "/dev/sdb" } };
const SECRET = { format: "luks", secrets: [{ type: "passphrase", usage: "x" }] };
const lun = (changes: object = {}, dev = "sda") => disk(dev, { device: "lun", source: BLOCK, ...changes });

RuleTester.run(lunIsScsiBlockDevice, {
  fails: {
    "a lun on sata": {
      plan: (t) => t.kvm(withDisks(lun({ target: { dev: "sda", bus: "sata" } }))),
      message: 'The disk sda of "web" is a lun on the sata bus.',
      fix: 'use bus "scsi" or "virtio", or use device "disk"',
      at: "devices.disks[0].target.bus",
    },
    "a lun of a file": {
      plan: (t) => t.kvm(withDisks(disk("vda"), lun({ source: { file: { file: "/srv/a.img" } } }))),
      message: "is a lun of a file",
      at: "devices.disks[1].source.file",
    },
    "a lun of a folder": (t) => t.kvm(withDisks(lun({ source: { dir: { dir: "/srv" } } }))),
    "a lun over rbd": {
      plan: (t) => t.kvm(withDisks(lun({ source: { network: { protocol: "rbd", name: "a/b" } } }))),
      message: "is a lun over rbd",
    },
    "a lun in qcow2": {
      plan: (t) => t.kvm(withDisks(lun({ driver: { name: "qemu", type: "qcow2" } }))),
      message: "is a lun in format qcow2",
    },
    "an encrypted lun": {
      plan: (t) => t.kvm(withDisks(lun({ encryption: SECRET }))),
      message: "is a lun with encryption",
      at: "devices.disks[0].encryption",
    },
    "an encrypted source": {
      plan: (t) => t.kvm(withDisks(lun({ source: { ...BLOCK, encryption: SECRET } }))),
      at: "devices.disks[0].source.encryption",
    },
    "a slice": (t) =>
      t.kvm(
        withDisks(
          lun({ source: { ...BLOCK, slices: { slices: [{ type: "storage", offset: 0, size: 512 }] } } }),
        ),
      ),
    "a WWN": (t) => t.kvm(withDisks(lun({ wwn: "5000c50015ea71ad" }))),
    "a vendor and a product": { plan: (t) => t.kvm(withDisks(lun({ vendor: "a", product: "b" }))), count: 2 },
    "a serial on scsi": {
      plan: (t) => t.kvm(withDisks(lun({ serial: "x" }))),
      message: "with a serial of its own",
    },
    "raw I/O of an ordinary disk": {
      plan: (t) => t.kvm(withDisks(disk("vda", { raw_io: "yes" }))),
      message: "asks for rawIo but is of kind disk",
      at: "devices.disks[0].rawIo",
    },
  },
  passes: {
    "a block device": (t) => t.kvm(withDisks(lun())),
    "a block device on virtio, with a serial": (t) => t.kvm(withDisks(lun({ serial: "x" }, "vda"))),
    "a volume": (t) => t.kvm(withDisks(lun({ source: { volume: { pool: "san", volume: "unit:0:0:1" } } }))),
    "iSCSI with raw I/O": (t) =>
      t.kvm(
        withDisks(
          lun({
            raw_io: "yes",
            source: { network: { protocol: "iscsi", name: "iqn.2013-07.com.example:a/1" } },
          }),
        ),
      ),
    "an ordinary disk": (t) => t.kvm(withDisks(disk("vda"))),
    "a Xen guest": (t) => t.xenHvm(withDisks(lun({ source: { file: { file: "/a" } } }))),
  },
  undetermined: {
    "a kind that is late": (t) => t.kvm(withDisks(disk("sda", { device: "${var.kind}" }))),
    "a bus that is late": (t) => t.kvm(withDisks(lun({ target: { dev: "sda", bus: "${var.bus}" } }))),
    "a source that is late": (t) => t.kvm(withDisks(lun({ source: "${var.source}" }))),
    "a format that is late": (t) => t.kvm(withDisks(lun({ driver: { type: "${var.format}" } }))),
  },
});
