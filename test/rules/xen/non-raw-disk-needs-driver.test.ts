import { nonRawDiskNeedsDriver } from "../../../lib/rules/xen/non-raw-disk-needs-driver";
import { type PlanExample, RuleTester } from "../../../lib/testing";

const file = { file: { file: "/srv/a.qcow2" } };
const disk = (driver?: object | string, source: object = file) => ({
  devices: { disks: [{ source, driver, target: { dev: "xvda", bus: "xen" } }] },
});
/** A volume of the plan, in a pool whose folder the host's facts tell. */
const withVolume = (t: PlanExample, format?: string) =>
  t
    .xenHost("xen1")
    .volume("root", { name: "root.img", target: { format: format && { type: format } } }, "xen1");
const byReference = { file: { file: "${libvirt_volume.root.path}" } };
const byPath = { file: { file: "/var/lib/libvirt/images/root.img" } };

RuleTester.run(nonRawDiskNeedsDriver, {
  fails: {
    "a type without a name": {
      plan: (t) => t.xenPv({ name: "a", ...disk({ type: "qcow2" }) }),
      severity: "error",
      message:
        'disk xvda of "a": the driver\'s type is qcow2 and its driver has no name, so that Xen would take the bytes of the qcow2 file for the disk.',
      fix: 'set driver to { name: "qemu", type: "qcow2" }',
      at: "devices.disks[0].driver.name",
      places: ["a"],
    },
    "on HVM and PVH, and for other formats": {
      plan: (t) => t.xenHvm(disk({ type: "vhd" })).xenPvh(disk({ type: "qed" })),
      count: 2,
      fix: /type: "vhd".*\n.*type: "qed"/,
    },
    "a stated type that differs from the volume's: it was stated": {
      plan: (t) => withVolume(t, "qed").xenPv(disk({ type: "qcow2" }, byReference)),
      message: "the driver's type is qcow2",
    },
    "a block device": (t) => t.xenPv(disk({ type: "qcow2" }, { block: { dev: "/dev/vg/a" } })),
    "a volume of the plan by reference, without driver": {
      plan: (t) => withVolume(t, "qcow2").xenPv({ name: "a", ...disk(undefined, byReference) }),
      message: 'disk xvda of "a": volume "root.img" is qcow2 and its driver has no name',
      at: "devices.disks[0].driver.name",
    },
    "a volume of the plan by path": (t) => withVolume(t, "qcow2").xenPv(disk({}, byPath)),
    "a volume of the plan and a driver without type, which is raw to libvirt": {
      plan: (t) => withVolume(t, "qcow2").xenPv(disk({ name: "qemu" }, byReference)),
      message: 'volume "root.img" is qcow2 and its driver has no type',
      at: "devices.disks[0].driver.type",
    },
    "the second disk, without target": {
      plan: (t) =>
        t.xenPv({
          name: "a",
          devices: { disks: [{ source: file }, { source: file, driver: { type: "qcow2" } }] },
        }),
      message: 'disk 1 of "a"',
      at: "devices.disks[1].driver.name",
    },
  },
  passes: {
    "name and type": (t) => t.xenPv(disk({ name: "qemu", type: "qcow2" })),
    "raw by its type": (t) => t.xenPv(disk({ type: "raw" })),
    "raw and a late name": (t) => t.xenPv(disk({ type: "raw", name: "${var.name}" })),
    "a name and a late type": (t) => t.xenPv(disk({ name: "qemu", type: "${var.type}" })),
    "name and type that differ from the volume's: they were stated": (t) =>
      withVolume(t, "qcow2").xenPv(disk({ name: "qemu", type: "raw" }, byReference)),
    "raw by its type although the volume is not": (t) =>
      withVolume(t, "qcow2").xenPv(disk({ type: "raw" }, byReference)),
    "no driver and nothing known of the file": (t) => t.xenPv(disk(undefined)),
    "no driver and a raw volume": (t) => withVolume(t, "raw").xenPv(disk(undefined, byReference)),
    "no driver and an ISO volume": (t) => withVolume(t, "iso").xenPv(disk(undefined, byReference)),
    "no driver and a volume without format": (t) => withVolume(t).xenPv(disk(undefined, byReference)),
    "no driver and a path that the plan does not make": (t) =>
      t.xenPv(disk(undefined, { file: { file: "${data.x.path}" } })),
    "a network disk, whose driver is qemu by default": (t) =>
      t.xenPv(disk({ type: "qcow2" }, { network: { protocol: "rbd", name: "a/b" } })),
    "a disk by pool and volume: that is another rule's": (t) =>
      withVolume(t, "qcow2").xenPv(
        disk({ type: "qcow2" }, { volume: { pool: "default", volume: "root.img" } }),
      ),
    "an empty CD-ROM drive": (t) =>
      t.xenHvm({ devices: { disks: [{ device: "cdrom", driver: { type: "qcow2" } }] } }),
    "a KVM guest": (t) => t.kvm(disk({ type: "qcow2" })),
  },
  undetermined: {
    "a late type without name": {
      plan: (t) => t.xenPv(disk({ type: "${var.type}" })),
      reason: "the driver or the format of a disk is known only at apply",
    },
    "a late name": (t) => t.xenPv(disk({ name: "${var.name}", type: "qcow2" })),
    "a late driver": (t) => t.xenPv(disk("${var.driver}")),
    "a volume whose format is late": (t) =>
      withVolume(t, "${var.format}").xenPv(disk(undefined, byReference)),
    "late disks": {
      plan: (t) => t.xenPv({ devices: { disks: "${var.disks}" } }),
      reason: /^a disk is known only at apply$/,
    },
  },
});
