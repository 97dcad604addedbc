import { settingKnownToLibvirt } from "../../../lib/rules/hyp/setting-known-to-libvirt";
import { RuleTester } from "../../../lib/testing";

const NEW = {
  name: "web",
  features: { ps2: { state: "off" }, ras: { state: "on" }, async_teardown: { enabled: "yes" } },
  launch_security: { sevsnp: { policy: 1 } },
  devices: {
    audios: [
      { id: 1, none: {} },
      { id: 2, pipe_wire: {} },
    ],
    controllers: [{ type: "nvme" }],
    disks: [
      { target: { dev: "nvme0n1", bus: "nvme" }, source: { vhost_vdpa: { dev: "/dev/vhost-vdpa-0" } } },
    ],
    filesystems: [{ driver: { type: "mtp" } }],
    interfaces: [{ source: { user: {} }, model: { type: "usb-net" } }],
    iommu: { model: "amd" },
    panics: [{ model: "pvpanic" }],
    sounds: [{ model: "virtio" }],
    watchdogs: [{ model: "itco" }],
  },
};
const OLD = {
  name: "web",
  devices: {
    audios: [{ id: 1, none: {} }],
    controllers: [{ type: "usb" }],
    disks: [{ target: { dev: "vda", bus: "virtio" }, source: { file: { file: "/a" } } }],
    filesystems: [{ driver: { type: "path" } }],
    iommu: { model: "intel" },
    panics: [{}],
    sounds: [{ model: "ich9" }],
    watchdogs: [{ model: "i6300esb" }],
  },
};
const host = (libvirtVersion: string) => ({ facts: { libvirtVersion } });

RuleTester.run(settingKnownToLibvirt, {
  fails: {
    "everything that is new": { plan: (t) => t.kvmHost("kvm1", host("9.0.0")).kvm(NEW), count: 14 },
    "a word": {
      plan: (t) =>
        t
          .kvmHost("kvm1", host("10.3.0"))
          .kvm({ name: "web", devices: { sounds: [{ model: "ich9" }, { model: "virtio" }] } }),
      message:
        '"web" sets devices.sounds[1].model to virtio, which libvirt has from version 10.4.0 on; "kvm1" has 10.3.0.',
      fix: "use another one, or upgrade the host",
      at: "devices.sounds[1].model",
    },
    "an attribute": {
      plan: (t) => t.kvmHost("kvm1", host("9.0.0")).kvm({ name: "web", features: { ps2: { state: "on" } } }),
      fix: "remove features.ps2, or upgrade the host",
      at: "features.ps2",
    },
  },
  passes: {
    "a host that has it all": (t) => t.kvmHost("kvm1", host("11.5.0")).kvm(NEW),
    "what there was before": (t) => t.kvmHost("kvm1", host("9.0.0")).kvm(OLD),
    "a Xen guest": (t) => t.xenHvm({ devices: { sounds: [{ model: "virtio" }] } }),
  },
  undetermined: {
    "a host of which nothing is known": {
      plan: (t) => t.kvmHost("x", { facts: null }).kvm({ devices: { sounds: [{ model: "virtio" }] } }),
      reason: 'needs facts of "x"',
    },
    "a late model": {
      plan: (t) => t.kvm({ devices: { sounds: [{ model: "${var.model}" }] } }),
      reason: "devices.sounds[].model is known only at apply",
    },
    "late devices": (t) => t.kvm({ devices: "${var.devices}" as never }),
  },
});
