import { bootListHasDevice } from "../../../lib/rules/boot/boot-list-has-device";
import { RuleTester } from "../../../lib/testing";

const os = (...kinds: string[]) => ({ boot_devices: kinds.map((dev) => ({ dev })) });
const disk = (device: string) => ({
  device,
  source: { file: { file: "/d" } },
  target: { dev: "sda", bus: "sata" },
});

RuleTester.run(bootListHasDevice, {
  fails: {
    "a drive that is not there": {
      plan: (t) => t.kvm({ name: "a", os: os("cdrom", "hd") }),
      message: '"a" boots from cdrom (os.bootDevices), but has no CD-ROM drive.',
      fix: "add one, or remove cdrom from os.bootDevices",
      at: "os.bootDevices[0]",
      severity: "warning",
    },
    "a floppy drive and an interface": {
      plan: (t) => t.tcg({ os: os("fd", "network"), devices: { interfaces: [] } }),
      count: 2,
    },
    "a hard disk": {
      plan: (t) => t.kvm({ os: os("hd"), devices: { disks: [disk("cdrom")] } }),
      message: "no hard disk",
    },
    "a Xen HVM guest": (t) => t.xenHvm({ os: os("cdrom") }),
  },
  passes: {
    "what is there": (t) =>
      t.kvm({
        os: os("hd", "network", "cdrom", "fd"),
        devices: { disks: [disk("lun"), disk("cdrom"), disk("floppy")] },
      }),
    "a kind that does not exist": (t) => t.kvm({ os: os("usb") }),
    "no list": (t) => t.kvm(),
    "a paravirtualized guest": (t) => t.xenPv({ os: os("cdrom") }),
  },
  undetermined: {
    "a kind that is known only at apply": (t) => t.kvm({ os: os("${var.dev}") }),
    "a drive that is known only at apply": (t) =>
      t.kvm({ os: os("cdrom"), devices: { disks: [disk("${var.device}")] } }),
  },
});
