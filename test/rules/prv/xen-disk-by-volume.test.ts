import { xenDiskByVolume } from "../../../lib/rules/prv/xen-disk-by-volume";
import { RuleTester } from "../../../lib/testing";

const disk = (pool: string, volume: string, dev: string | undefined = "xvda") => ({
  devices: { disks: [{ source: { volume: { pool, volume } }, target: { dev } }] },
});

RuleTester.run(xenDiskByVolume, {
  fails: {
    "a pool of the host's facts": {
      plan: (t) => t.xenPv({ name: "a", ...disk("default", "root.img") }),
      severity: "error",
      message:
        'disk xvda of "a" names its image by pool and volume (default/root.img): under Xen it would be empty.',
      fix: /^set source\.file\.file to "\/var\/lib\/libvirt\/images\/root\.img"$/,
      at: "devices.disks[0].source.volume",
      places: ["a"],
    },
    "HVM and PVH": { plan: (t) => t.xenHvm(disk("default", "a")).xenPvh(disk("default", "b")), count: 2 },
    "a volume of the plan": {
      plan: (t) =>
        t
          .xenHost("xen1")
          .volume("root", {}, "xen1")
          .xenHvm(disk("${libvirt_volume.root.pool}", "${libvirt_volume.root.name}")),
      fix: 'set source.file.file to "${libvirt_volume.root.path}"',
    },
    "a volume that is a device": {
      plan: (t) =>
        t
          .xenHost("xen1")
          .pool("vg0", { type: "logical", target: { path: "/dev/vg0" } }, "xen1")
          .xenPv(disk("vg0", "root")),
      fix: 'set source.block.dev to "/dev/vg0/root"',
    },
    "volumes of every kind of pool that has devices": {
      plan: (t) => {
        t.xenHost("xen1");
        for (const type of ["logical", "disk", "iscsi", "iscsi-direct", "scsi", "mpath", "zfs"]) {
          t.pool(type, { type, target: { path: "/dev/x" } }, "xen1").xenPv(disk(type, "root"));
        }
      },
      count: 7,
      fix: /^(set source\.block\.dev to "\/dev\/x\/root"\n?){7}$/,
    },
    "a pool of the plan": {
      plan: (t) =>
        t
          .xenHost("xen1")
          .pool("img", { target: { path: "/srv/img/" } }, "xen1")
          .xenPv(disk("img", "root.img")),
      fix: 'set source.file.file to "/srv/img/root.img"',
    },
    "a pool that nothing is known of": {
      plan: (t) => t.xenPv(disk("other", "root.img")),
      fix: 'set source.file.file to "…"',
    },
    "names that are known only at apply: the source is of that kind": {
      plan: (t) => t.xenPv(disk("default", "${var.volume}")).xenPv(disk("${var.pool}", "root")),
      count: 2,
      fix: /^set source\.file\.file to "…"\nset source\.file\.file to "…"$/,
    },
    "a CD-ROM, and a disk without target": {
      plan: (t) =>
        t.xenHvm({
          name: "a",
          devices: {
            disks: [
              { source: { file: { file: "/x" } } },
              { device: "cdrom", source: { volume: { pool: "p", volume: "v" } } },
            ],
          },
        }),
      message: 'disk 1 of "a"',
      at: "devices.disks[1].source.volume",
    },
  },
  passes: {
    "a path": (t) => t.xenPv(),
    "an empty drive": (t) => t.xenHvm({ devices: { disks: [{ device: "cdrom", target: { dev: "hdc" } }] } }),
    "a volume on KVM": (t) => t.kvm(disk("default", "root", "vda")),
  },
  undetermined: {
    "late disks": {
      plan: (t) => t.xenPv({ devices: { disks: "${var.disks}" } }),
      reason: "the source of a disk is known only at apply",
    },
    "a late volume source": (t) => t.xenPv({ devices: { disks: [{ source: { volume: "${var.volume}" } }] } }),
  },
});
