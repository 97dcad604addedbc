import { diskSettingsFit } from "../../../lib/rules/dsk/disk-settings-fit";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const on = (bus: string, target: object = {}, changes: object = {}) =>
  disk("sda", { target: { dev: "sda", bus, ...target }, ...changes });
const network = { network: { protocol: "nbd", name: "x", hosts: [{ name: "h" }] } };
const geometry = { cylinders: 16383, headers: 16, sectors: 63 };
const server = (changes: object) =>
  disk("vda", {
    source: { vhost_user: { unix: { mode: "client", path: "/run/v.sock" } } },
    target: { dev: "vda", bus: "virtio" },
    ...changes,
  });

RuleTester.run(diskSettingsFit, {
  fails: {
    "a removable disk on sata": {
      plan: (t) => t.kvm(withDisks(on("sata", { removable: "on" }))),
      message:
        'Disk sda of "web" sets target.removable to on, which is for bus usb, and from libvirt 9.6.0 on scsi; its bus is sata.',
      fix: 'remove target.removable, or set target.bus to "usb"',
      at: "devices.disks[0].target.removable",
    },
    "a removable disk on scsi before libvirt 9.6": (t) =>
      t
        .kvmHost("old", { facts: { libvirtVersion: "9.0.0" } })
        .kvm(withDisks(on("scsi", { removable: "on" }))),
    "a bus that the target gives": {
      plan: (t) => t.kvm(withDisks(disk("vda", { vendor: "SEAGATE" }))),
      message: "sets vendor to SEAGATE, which is for bus scsi; its bus is virtio",
    },
    "the tray of a disk": {
      plan: (t) => t.kvm(withDisks(on("scsi", { tray: "open" }))),
      message: "which is for device cdrom or floppy; its device is disk",
      fix: 'set device to "cdrom" or "floppy"',
    },
    "rotation on virtio, and of a drive": {
      plan: (t) =>
        t.kvm(
          withDisks(
            on("virtio", { rotation_rate: 7200 }),
            on("sata", { rotation_rate: 1 }, { device: "cdrom" }),
          ),
        ),
      count: 2,
      message: /for bus scsi, ide or sata; its bus is virtio[\s\S]*for device disk; its device is cdrom/,
    },
    "names of SCSI on sata": {
      plan: (t) =>
        t.kvm(withDisks(on("sata", {}, { wwn: "5000c50015ea71ad", vendor: "SEAGATE", product: "ST" }))),
      count: 3,
    },
    "sgio of a disk, unfiltered": {
      plan: (t) => t.kvm(withDisks(on("scsi", {}, { sgio: "unfiltered" }))),
      count: 2,
      message: /for device lun[\s\S]*sgio to unfiltered, which libvirt does not take any more/,
    },
    "a geometry on usb, a translation on sata": {
      plan: (t) =>
        t.kvm(
          withDisks(on("usb", {}, { geometry }), on("sata", {}, { geometry: { ...geometry, trans: "lba" } })),
        ),
      count: 2,
      message: /sets geometry, which[\s\S]*sets geometry.trans to lba/,
    },
    "a transient drive, block device and read-only disk": {
      plan: (t) =>
        t.kvm(
          withDisks(
            on("sata", {}, { device: "cdrom", transient: {} }),
            on("sata", {}, { source: { block: { dev: "/dev/sdb" } }, transient: {} }),
            on("virtio", {}, { read_only: true, transient: {} }),
          ),
        ),
      count: 3,
      message: /for device disk[\s\S]*for source file; its source is block[\s\S]*its access is read-only/,
      fix: /use a source of kind file[\s\S]*or remove readOnly/,
    },
    "an overlay that is shared on sata": (t) =>
      t.kvm(withDisks(on("sata", {}, { transient: { share_backing: "yes" } }))),
    "policies for a medium that is not there": {
      plan: (t) =>
        t.kvm(
          withDisks(
            on("virtio", {}, { source: { ...network, startup_policy: "optional" } }),
            on("virtio", {}, { source: { file: { file: "/a" }, startup_policy: "requisite" } }),
          ),
        ),
      count: 2,
      message: /its source is network[\s\S]*startupPolicy to requisite, which is for device cdrom or floppy/,
    },
    "settings that a server keeps to itself": {
      plan: (t) => t.kvm(withDisks(server({ driver: { io: "threads" }, serial: "a" }))),
      count: 2,
      message: "its source is vhostUser",
    },
    "a server on sata": {
      plan: (t) => t.kvm(withDisks(server({ target: { dev: "sda", bus: "sata" } }))),
      message: "sets source.vhostUser, which is for bus virtio",
    },
    "a late value on the wrong bus": (t) => t.kvm(withDisks(on("sata", { removable: "${var.on}" }))),
  },
  passes: {
    "each where it belongs": (t) =>
      t.kvm(
        withDisks(
          on("usb", { removable: "on" }),
          on("sata", { tray: "closed" }, { device: "cdrom" }),
          on("scsi", { rotation_rate: 7200 }, { wwn: "5000c50015ea71ad", vendor: "S", product: "P" }),
          on("scsi", {}, { device: "lun", source: { block: { dev: "/dev/sdb" } }, sgio: "filtered" }),
          on("ide", {}, { geometry: { ...geometry, trans: "lba" } }),
          on("virtio", {}, { transient: { share_backing: "yes" } }),
          on("sata", {}, { transient: { share_backing: "no" } }),
          on("virtio", {}, { source: { file: { file: "/a" }, startup_policy: "optional" } }),
        ),
      ),
    "a removable disk on scsi": (t) =>
      t
        .kvmHost("new", { facts: { libvirtVersion: "10.0.0" } })
        .kvm(withDisks(on("scsi", { removable: "on" }))),
    "nothing asked": (t) =>
      t.kvm(
        withDisks(
          on("virtio", { rotation_rate: 0, tray: "closed" }),
          on("usb", {}, { geometry: { trans: "lba" } }),
        ),
      ),
    "a server alone": (t) => t.kvm(withDisks(server({}))),
    "no bus at all": (t) => t.kvm(withDisks(disk("x", { target: {}, vendor: "S" }))),
    "a Xen guest": (t) => t.xenHvm(withDisks(on("scsi", { removable: "on" }))),
  },
  undetermined: {
    "a late bus": {
      plan: (t) => t.kvm(withDisks(on("${var.bus}", { removable: "on" }))),
      reason: "target.removable or the bus of a device is known only at apply",
    },
    "a removable disk on scsi of a libvirt that is not known": {
      plan: (t) => t.kvmHost("x", { facts: null }).kvm(withDisks(on("scsi", { removable: "on" }))),
      reason: 'needs facts of "x"',
    },
    "a late policy": (t) =>
      t.kvm(withDisks(on("virtio", {}, { source: { file: { file: "/a" }, startup_policy: "${var.p}" } }))),
    "a late target": (t) => t.kvm(withDisks(disk("sda", { target: "${var.target}" }))),
  },
});
