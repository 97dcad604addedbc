import { virtioRootNeedsDrivers } from "../../../lib/rules/gos/virtio-root-needs-drivers";
import { RuleTester } from "../../../lib/testing";

type Intent = { os?: string; virtioDrivers?: "in-image" | "iso" | "none" };

const windows = (virtioDrivers?: Intent["virtioDrivers"]): Intent => ({
  os: "windows-server-2022",
  virtioDrivers,
});
const disk = (dev: string, bus: string | null, more: Record<string, unknown> = {}) => ({
  source: { volume: { pool: "default", volume: "root.qcow2" } },
  target: { dev, ...(bus === null ? {} : { bus }) },
  ...more,
});
const ROOT = disk("vda", "virtio");
const cdrom = (source: unknown) => ({ device: "cdrom", source, target: { dev: "sdb", bus: "sata" } });
const iso = (file: string) => cdrom({ file: { file } });
const guest = (intent: Intent, disks: unknown, more: Record<string, unknown> = {}) => ({
  name: "w",
  intent,
  devices: { disks, ...more },
});
const scsi = (model: string | null, type = "scsi") => ({
  controllers: [{ type, ...(model === null ? {} : { model }) }],
});
const WINDOWS_ISO = iso("/iso/windows.iso");
const NOT_STATED = "whether the image of a Windows Server 2022 guest has virtio drivers is not stated";

RuleTester.run(virtioRootNeedsDrivers, {
  fails: {
    "the user says that there are no drivers": {
      plan: (t) => t.kvm(guest(windows("none"), [ROOT])),
      message:
        'Windows Server 2022 has no virtio drivers of its own, so "w" does not find its root disk devices.disks[0] on virtio.',
      fix: 'or set devices.disks[0].target to { dev: "sda", bus: "sata" }',
      at: "devices.disks[0].target.bus",
      severity: "error",
    },
    "a bus that the target's name gives": (t) => t.kvm(guest(windows("none"), [disk("vda", null)])),
    "a disk on virtio-scsi": {
      plan: (t) => t.kvm(guest(windows("none"), [disk("sda", "scsi")], scsi("virtio-scsi"))),
      message: "on virtio-scsi.",
    },
    "an older virtio-scsi": (t) =>
      t.kvm(guest(windows("none"), [disk("sda", "scsi")], scsi("virtio-transitional"))),
    "an installation from one ISO to a blank volume": {
      plan: (t) => t.volume("root").kvm(guest(windows(), [ROOT, WINDOWS_ISO])),
      message: "on virtio: it is installed from /iso/windows.iso, and no driver ISO is attached.",
      fix: 'attach the virtio-win ISO as a second CD-ROM and set virtioDrivers: "iso"',
      severity: "error",
    },
    "an ISO in a volume": {
      plan: (t) =>
        t
          .volume("root")
          .volume("cd", { name: "cd.iso", create: { content: { url: "https://example.org/win.iso" } } })
          .kvm(guest(windows(), [ROOT, cdrom({ volume: { pool: "default", volume: "cd.iso" } })])),
      message: "installed from https://example.org/win.iso, and",
    },
    "an ISO in a volume of the host": {
      plan: (t) =>
        t
          .volume("root")
          .kvm(guest(windows(), [ROOT, cdrom({ volume: { pool: "default", volume: "cd.iso" } })])),
      message: "installed from cd.iso, and",
    },
    "an ISO in a volume whose origin is late": {
      plan: (t) =>
        t
          .volume("root")
          .volume("cd", { name: "cd.iso", create: { content: { url: "${var.iso}" } } })
          .kvm(guest(windows(), [ROOT, cdrom({ volume: { pool: "default", volume: "cd.iso" } })])),
      message: "installed from cd.iso, and",
    },
    "an ISO in a copy of another volume": {
      plan: (t) =>
        t
          .volume("root")
          .volume("isos")
          .volume("cd", { name: "cd.iso", create: { content: { url: "${libvirt_volume.isos.path}" } } })
          .kvm(guest(windows(), [ROOT, cdrom({ volume: { pool: "default", volume: "cd.iso" } })])),
      message: "installed from cd.iso, and",
    },
    "the seed of the first boot is no installation medium": {
      plan: (t) =>
        t
          .volume("root")
          .resource("libvirt_cloudinit_disk", "ci", { name: "ci", user_data: "", meta_data: "" })
          .volume("seed", {
            name: "seed.iso",
            create: { content: { url: "${libvirt_cloudinit_disk.ci.path}" } },
          })
          .kvm(
            guest(windows(), [ROOT, WINDOWS_ISO, cdrom({ volume: { pool: "default", volume: "seed.iso" } })]),
          ),
      message: "installed from /iso/windows.iso",
    },
    "seeds of other kinds": {
      plan: (t) =>
        ["libvirt_ignition", "libvirt_combustion"].reduce(
          (plan, type) =>
            plan
              .resource(type, `${type}_seed`, { name: type, content: "" })
              .volume(type, {
                name: `${type}.iso`,
                create: { content: { url: `\${${type}.${type}_seed.path}` } },
              })
              .kvm(
                guest(windows(), [
                  ROOT,
                  WINDOWS_ISO,
                  cdrom({ volume: { pool: "default", volume: `${type}.iso` } }),
                ]),
              ),
          t.volume("root"),
        ),
      count: 2,
    },
    "an empty drive beside it": (t) =>
      t
        .volume("root")
        .kvm(guest(windows(), [ROOT, WINDOWS_ISO, { device: "cdrom", target: { dev: "sdc", bus: "sata" } }])),
    "the disk with the lowest boot order": {
      plan: (t) =>
        t.kvm(
          guest(windows("none"), [
            disk("sda", "sata"),
            disk("sdb", "sata", { boot: { order: 2 } }),
            disk("vda", "virtio", { boot: { order: 1 } }),
          ]),
        ),
      at: "devices.disks[2].target.bus",
    },
    "the first disk after a CD-ROM": {
      plan: (t) => t.kvm(guest(windows("none"), [WINDOWS_ISO, ROOT])),
      at: "devices.disks[1].target.bus",
    },
    "an older system that is not Windows": (t) =>
      t.kvm(guest({ os: "solaris-10", virtioDrivers: "none" }, [ROOT])),
    "an emulated guest": (t) => t.tcg(guest(windows("none"), [ROOT])),
  },
  passes: {
    "drivers in the image, and on an ISO": (t) =>
      t.kvm(guest(windows("in-image"), [ROOT])).kvm(guest(windows("iso"), [ROOT, WINDOWS_ISO])),
    "an ISO with drivers, by its name": (t) =>
      t.volume("root").kvm(guest(windows(), [ROOT, WINDOWS_ISO, iso("/iso/VirtIO-win-0.1.285.iso")])),
    "one ISO that has the drivers by its name": (t) =>
      t.volume("root").kvm(guest(windows(), [ROOT, iso("/iso/windows-with-virtio.iso")])),
    "a system with the drivers": (t) => t.kvm(guest({ os: "debian-12", virtioDrivers: "none" }, [ROOT])),
    "another bus": (t) =>
      t
        .kvm(guest(windows("none"), [disk("sda", "sata")]))
        .kvm(guest(windows("none"), [disk("sda", null)]))
        .kvm(guest(windows("none"), [disk("hda", "ide")], scsi("virtio-scsi"))),
    "a SCSI controller of another model, of none, and no controller": (t) =>
      t
        .kvm(guest(windows("none"), [disk("sda", "scsi")], scsi("lsilogic")))
        .kvm(guest(windows("none"), [disk("sda", "scsi")], scsi(null)))
        .kvm(guest(windows("none"), [disk("sda", "scsi")], scsi("virtio", "sata"))),
    "a data disk on virtio": (t) =>
      t.kvm(guest(windows("none"), [disk("sda", "sata"), disk("vda", "virtio")])),
    "a root disk by its boot order": (t) =>
      t.kvm(guest(windows("none"), [ROOT, disk("sda", "sata", { boot: { order: 1 } })])),
    "no disk": (t) => t.kvm(guest(windows("none"), [])).kvm(guest(windows("none"), [WINDOWS_ISO])),
    "late disks of a system with the drivers": (t) => t.kvm(guest({ os: "debian-12" }, "${var.disks}")),
    "a Xen guest": (t) => t.xenHvm(guest(windows("none"), [ROOT])),
  },
  undetermined: {
    "an image of which nobody says": { plan: (t) => t.kvm(guest(windows(), [ROOT])), reason: NOT_STATED },
    "a volume made from an image": {
      plan: (t) =>
        t
          .volume("root", { create: { content: { url: "https://example.org/win.qcow2" } } })
          .kvm(guest(windows(), [ROOT, WINDOWS_ISO])),
      reason: NOT_STATED,
    },
    "a volume on top of an image": {
      plan: (t) =>
        t
          .volume("root", { backing_store: { path: "/images/win.qcow2" } })
          .kvm(guest(windows(), [ROOT, WINDOWS_ISO])),
      reason: NOT_STATED,
    },
    "a blank volume without a CD-ROM, and with an empty one": {
      plan: (t) =>
        t
          .volume("root")
          .kvm(guest(windows(), [ROOT]))
          .kvm(guest(windows(), [ROOT, { device: "cdrom", target: { dev: "sdb" } }])),
      reason: NOT_STATED,
    },
    "two CD-ROMs, of which one may hold drivers": {
      plan: (t) => t.volume("root").kvm(guest(windows(), [ROOT, WINDOWS_ISO, iso("/iso/tools.iso")])),
      reason: NOT_STATED,
    },
    "a CD-ROM that is known only at apply": {
      plan: (t) => t.volume("root").kvm(guest(windows(), [ROOT, iso("${var.iso}")])),
      reason: NOT_STATED,
    },
    "a floppy beside a blank volume": {
      plan: (t) =>
        t
          .volume("root")
          .kvm(
            guest(windows(), [
              ROOT,
              { device: "floppy", source: { file: { file: "/a" } }, target: { dev: "fda" } },
            ]),
          ),
      reason: NOT_STATED,
    },
    "a system of which it is not known": {
      plan: (t) => t.kvm(guest({ os: "solaris-11.4", virtioDrivers: "none" }, [ROOT])),
      reason: "whether Oracle Solaris 11.4 has virtio drivers is not known",
    },
    "disks that are known only at apply": {
      plan: (t) => t.kvm(guest(windows("none"), "${var.disks}")),
      reason: "the guest's root disk is known only at apply",
    },
    "a bus that is known only at apply": {
      plan: (t) => t.kvm(guest(windows("none"), [disk("vda", "${var.bus}")])),
      reason: "the guest's root disk is known only at apply",
    },
    "a kind of device that is known only at apply": (t) =>
      t.kvm(guest(windows("none"), [ROOT, { ...ROOT, device: "${var.device}" }])),
    "a boot order that is known only at apply": (t) =>
      t.kvm(guest(windows("none"), [disk("sda", "sata", { boot: { order: "${var.order}" } })])),
    "a controller whose model is known only at apply": (t) =>
      t.kvm(guest(windows("none"), [disk("sda", "scsi")], scsi("${var.model}"))),
    "controllers that are known only at apply": (t) =>
      t.kvm(guest(windows("none"), [disk("sda", "scsi")], { controllers: "${var.controllers}" })),
    "no operating system": {
      plan: (t) =>
        t.resource("libvirt_domain", "a", {
          name: "a",
          type: "kvm",
          provider: "libvirt.kvm1",
          devices: { disks: [ROOT] },
        }),
      reason: "the guest's operating system is not stated",
    },
  },
});
