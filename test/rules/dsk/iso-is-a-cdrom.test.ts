import { isoIsACdrom } from "../../../lib/rules/dsk/iso-is-a-cdrom";
import { RuleTester } from "../../../lib/testing";

const on = (file: string, disk: object = {}) => ({
  name: "web",
  devices: { disks: [{ source: { file: { file } }, target: { dev: "vda" }, ...disk }] },
});
const volume = { source: { volume: { pool: "default", volume: "${libvirt_volume.cd.name}" } } };

RuleTester.run(isoIsACdrom, {
  fails: {
    "a file": {
      plan: (t) => t.kvm(on("/srv/Debian.ISO")),
      message: 'Disk vda of "web" is a hard disk with the ISO image /srv/Debian.ISO',
      at: "devices.disks[0].device",
    },
    "a volume": (t) => t.volume("cd", { name: "cd.iso" }).kvm({ devices: { disks: [volume] } }),
    "a Xen guest": (t) => t.xenHvm(on("/srv/a.iso", { device: "disk" })),
  },
  passes: {
    "a CD-ROM": (t) => t.kvm(on("/srv/a.iso", { device: "cdrom" })),
    "a disk image": (t) => t.kvm(on("/srv/a.iso.qcow2")),
    "a late image": (t) => t.kvm(on("${var.image}.iso")),
    "a drive without medium": (t) => t.kvm({ devices: { disks: [{ device: "cdrom" }] } }),
  },
  undetermined: { "a late kind": (t) => t.kvm(on("/srv/a.iso", { device: "${var.device}" })) },
});
