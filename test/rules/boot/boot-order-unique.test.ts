import { bootOrderUnique } from "../../../lib/rules/boot/boot-order-unique";
import { RuleTester } from "../../../lib/testing";

const KINDS = ["disks", "interfaces", "hostdevs", "redir_devs", "filesystems"];
const orders = (devices: Record<string, unknown[]>) => ({
  devices: Object.fromEntries(
    Object.entries(devices).map(([kind, list]) => [
      kind,
      list.map((order) => (order === null ? {} : { boot: { order } })),
    ]),
  ),
});

RuleTester.run(bootOrderUnique, {
  fails: {
    "two disks with one order": {
      plan: (t) => t.kvm({ name: "a", ...orders({ disks: [1, 2, 1] }) }),
      message: 'Boot order 1 is given to 2 devices of "a": devices.disks[0], devices.disks[2].',
      fix: "give each its own order; 3 is free",
      at: "devices.disks[2].boot.order",
      severity: "error",
    },
    "each kind of device with the same order as a disk": {
      plan: (t) => KINDS.slice(1).reduce((plan, kind) => plan.kvm(orders({ disks: [1], [kind]: [1] })), t),
      message:
        /disks\[0\], devices.interfaces\[0\][\s\S]*disks\[0\], devices.hostdevs\[0\][\s\S]*devices.redirDevs\[0\][\s\S]*devices.filesystems\[0\]/,
      count: 4,
    },
    "three devices with one order, in one finding": {
      plan: (t) => t.kvm(orders({ disks: [4], interfaces: [4, 4] })),
      message: "given to 3 devices",
      fix: "5 is free",
      at: "devices.interfaces[0].boot.order",
    },
    "two orders given twice, in two findings": {
      plan: (t) => t.kvm(orders({ disks: [1, 2], interfaces: [1, 2] })),
      count: 2,
    },
    "order 0": {
      plan: (t) => t.kvm({ name: "a", ...orders({ disks: [0, 3] }) }),
      message: 'Boot order 0 of devices.disks[0] of "a" is below 1.',
      fix: "set it to 4",
      at: "devices.disks[0].boot.order",
    },
    "order 0 twice, which is no order at all": {
      plan: (t) => t.kvm(orders({ disks: [0, 0] })),
      message: /below 1[\s\S]*below 1/,
      fix: "set it to 1",
      count: 2,
    },
    "a negative order": { plan: (t) => t.kvm(orders({ interfaces: [-1] })), message: "Boot order -1 of" },
    "a repeated order beside one that is late": {
      plan: (t) => t.kvm(orders({ disks: [1, 1, "${var.order}"] })),
      fix: "2 is free",
    },
    "an emulated guest and a Xen HVM guest": {
      plan: (t) => t.tcg(orders({ disks: [1, 1] })).xenHvm(orders({ disks: [1, 1] })),
      count: 2,
    },
    "order 0 in a paravirtualized guest": (t) => t.xenPv(orders({ disks: [0] })),
  },
  passes: {
    "orders from 1 on": (t) => t.kvm(orders({ disks: [1, 2], interfaces: [3] })),
    "orders with gaps": (t) => t.kvm(orders({ disks: [5], interfaces: [9] })),
    "devices without order": (t) => t.kvm(orders({ disks: [null, 1, null] })),
    "no device with an order": (t) => t.kvm().xenPv(),
    "no devices": (t) => t.kvm({ devices: null }),
    "guests of their own with the same order": (t) =>
      t.kvm(orders({ disks: [1] })).kvm({ ...orders({ disks: [1] }), count: 2 }),
    "a repeated order in a paravirtualized guest, which libvirt does not compare": (t) =>
      t.xenPv(orders({ disks: [1, 1] })).xenPvh(orders({ disks: [1, 1] })),
  },
  undetermined: {
    "an order that is known only at apply": {
      plan: (t) => t.kvm(orders({ disks: [1, "${var.order}"] })),
      reason: "a boot order is known only at apply",
    },
    "two orders that are known only at apply": (t) => t.kvm(orders({ disks: ["${var.a}", "${var.a}"] })),
    "devices that are known only at apply": (t) => t.kvm({ devices: { disks: "${var.disks}" } }),
  },
});
