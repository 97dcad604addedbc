import { fileNameFitsFormat } from "../../../lib/rules/dsk/file-name-fits-format";
import { RuleTester } from "../../../lib/testing";

const disk = (file: string, type?: string) => ({
  devices: {
    disks: [
      {
        source: { file: { file } },
        target: { dev: "vda", bus: "virtio" },
        driver: type ? { name: "qemu", type } : null,
      },
    ],
  },
});

RuleTester.run(fileNameFitsFormat, {
  fails: {
    "qcow2 read as raw": {
      plan: (t) => t.kvm({ name: "web", ...disk("/web.qcow2", "raw") }),
      message: 'Disk vda of "web" reads /web.qcow2 as raw.',
      fix: 'set driver.type to "qcow2" if that is what the file is',
      at: "devices.disks[0].driver.type",
    },
    "qcow2 without a format": {
      plan: (t) => t.kvm(disk("/web.qcow2")),
      message: "as raw, since it states no format",
    },
    "an ISO read as qcow2": { plan: (t) => t.kvm(disk("/a.ISO", "qcow2")), fix: '"raw"' },
    "a guest of Xen": (t) => t.xenHvm(disk("/a.vmdk", "qcow2")),
  },
  passes: {
    "the format of the name": (t) => t.kvm(disk("/a.qcow2", "qcow2")),
    "an ISO as raw": (t) => t.kvm(disk("/a.iso", "raw")),
    "a VHD by its name in libvirt": (t) => t.kvm(disk("/a.vhd", "vpc")),
    "a name that tells nothing": (t) => t.kvm(disk("/a.img", "qcow2")),
    "no ending": (t) => t.kvm(disk("/qcow2", "raw")),
    "a late name": (t) => t.kvm(disk("${var.image}.qcow2", "raw")),
  },
});
