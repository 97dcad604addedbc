import { diskDriverAndFormat } from "../../../lib/rules/xen/disk-driver-and-format";
import { type PlanExample, RuleTester } from "../../../lib/testing";

const disk = (name?: string, type?: string, source: object = { file: { file: "/srv/a" } }) => ({
  source,
  driver: { name, type },
  target: { dev: "xvda", bus: "xen" },
});
const one = (...args: Parameters<typeof disk>) => ({ devices: { disks: [disk(...args)] } });
const each = (name: string, types: (string | undefined)[]) => (t: PlanExample) =>
  t.xenHvm({ devices: { disks: types.map((type) => disk(name, type)) } });

RuleTester.run(diskDriverAndFormat, {
  fails: {
    "phy with qcow2": {
      plan: (t) => t.xenPv({ name: "a", ...one("phy", "qcow2") }),
      severity: "error",
      message: 'disk xvda of "a" has driver phy, which takes raw and not qcow2.',
      fix: /^set driver\.name to "qemu"$/,
      at: "devices.disks[0].driver.type",
      places: ["a"],
    },
    "a format that no driver takes": {
      plan: (t) => t.xenHvm({ name: "a", ...one("qemu", "vmdk") }),
      message: "has driver qemu, which takes raw, qcow, qcow2, qed, vhd and not vmdk.",
      fix: 'convert the image to qcow2 or raw, and set driver to { name: "qemu", type: "qcow2" }',
    },
    "a driver that Xen does not have": {
      plan: (t) => t.xenPvh({ name: "a", ...one("vhost", "raw") }),
      message:
        'disk xvda of "a" has driver vhost, which Xen does not have (it has qemu, tap, tap2, phy, file).',
      fix: 'set driver.name to "qemu"',
      at: "devices.disks[0].driver.name",
    },
    "such a driver with a late format": {
      plan: (t) => t.xenPv(one("vhost", "${var.type}")),
      fix: /^set driver\.name to "qemu"$/,
    },
    "a name that every object has": (t) => t.xenPv(one("constructor", "raw")),
    "the formats that each driver lacks": {
      plan: (t) => {
        each("phy", ["qcow", "qcow2", "qed", "vhd"])(t);
        each("file", ["qcow", "qcow2", "qed", "vhd"])(t);
        each("tap", ["raw", "vhd", undefined])(t);
        each("tap2", ["raw", "vhd", undefined])(t);
        each("qemu", ["vpc", "vdi"])(t);
      },
      count: 16,
    },
    "a disk without target": {
      plan: (t) =>
        t.xenPv({ name: "a", devices: { disks: [{ ...disk("phy", "qcow2"), target: undefined }] } }),
      message: 'disk 0 of "a"',
    },
  },
  passes: {
    "the formats that each driver takes": (t) => {
      each("qemu", ["raw", "qcow", "qcow2", "qed", "vhd", undefined])(t);
      each("tap", ["qcow", "qcow2", "qed"])(t);
      each("tap2", ["qcow", "qcow2", "qed"])(t);
      each("phy", ["raw", undefined])(t);
      each("file", ["raw", undefined])(t);
    },
    "a type without name: that is another rule's": (t) => t.xenPv(one(undefined, "qcow2")),
    "no driver": (t) => t.xenPv({ devices: { disks: [{ source: { file: { file: "/x" } } }] } }),
    "a network disk: that is another rule's": (t) =>
      t.xenPv(one("phy", "qcow2", { network: { protocol: "rbd" } })),
    "a KVM guest": (t) => t.kvm(one("phy", "qcow2")),
  },
  undetermined: {
    "a late driver name": {
      plan: (t) => t.xenPv(one("${var.name}", "qcow2")),
      reason: "the driver of a disk is known only at apply",
    },
    "a late format": (t) => t.xenPv(one("phy", "${var.type}")),
  },
});
