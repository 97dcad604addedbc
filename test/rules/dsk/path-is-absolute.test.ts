import { pathIsAbsolute } from "../../../lib/rules/dsk/path-is-absolute";
import { RuleTester } from "../../../lib/testing";

const disk = (source: Record<string, unknown>) => ({
  devices: { disks: [{ source, target: { dev: "vda", bus: "virtio" } }] },
});

RuleTester.run(pathIsAbsolute, {
  fails: {
    "an image beside the program": {
      plan: (t) => t.kvm({ name: "web", ...disk({ file: { file: "./images/a.img" } }) }),
      message:
        'devices.disks[0].source.file.file of "web" is ./images/a.img, which libvirt looks for as /images/a.img on kvm1.',
      fix: "from the slash on",
      at: "devices.disks[0].source.file.file",
    },
    "an image of one's home": (t) => t.kvm(disk({ file: { file: "~/a.img" } })),
    "a device": {
      plan: (t) => t.kvm(disk({ block: { dev: "sdb" } })),
      at: "devices.disks[0].source.block.dev",
    },
    "a folder": (t) => t.kvm(disk({ dir: { dir: "srv" } })),
    "kernel and initrd": {
      plan: (t) => t.kvm({ os: { kernel: "vmlinuz", initrd: "initrd.img" } }),
      count: 2,
    },
    "an emulator": {
      plan: (t) => t.kvm({ devices: { emulator: "qemu-system-x86_64" } }),
      at: "devices.emulator",
    },
    "a shared folder": (t) =>
      t.kvm({ devices: { filesystems: [{ source: { mount: { dir: "srv" } }, target: { dir: "srv" } }] } }),
  },
  passes: {
    "an image by its whole path": (t) => t.kvm(disk({ file: { file: "/a.img" } })),
    "a volume": (t) => t.kvm(disk({ volume: { pool: "default", volume: "a.img" } })),
    "a path that is late from its beginning": (t) => t.kvm(disk({ file: { file: "${var.folder}/a.img" } })),
    "a path with a late end": (t) => t.kvm(disk({ file: { file: "/images/${var.name}" } })),
    "hvmloader of Xen": (t) => t.xenHvm({ os: { loader: "hvmloader" } }),
  },
  undetermined: {
    "a path with a late end and no slash": (t) => t.kvm(disk({ file: { file: "images/${var.name}" } })),
  },
});
