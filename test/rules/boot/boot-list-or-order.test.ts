import { bootListOrOrder } from "../../../lib/rules/boot/boot-list-or-order";
import { RuleTester } from "../../../lib/testing";

const os = (...kinds: string[]) => ({ boot_devices: kinds.map((dev) => ({ dev })) });
const disks = (order: unknown) => [
  { source: { file: { file: "/d" } }, target: { dev: "vda", bus: "virtio" }, boot: { order } },
];

RuleTester.run(bootListOrOrder, {
  fails: {
    both: {
      plan: (t) => t.kvm({ name: "a", os: os("network", "hd"), devices: { disks: disks(1) } }),
      message:
        '"a" has a list of boot devices (os.bootDevices: network, hd) and a boot order (devices.disks[0].boot.order).',
      at: "os.bootDevices",
    },
    "an order of an interface": {
      plan: (t) => t.tcg({ os: os("hd"), devices: { interfaces: [{ boot: { order: 2 } }] } }),
      message: "devices.interfaces[0].boot.order",
    },
    "a Xen HVM guest": (t) => t.xenHvm({ os: os("hd"), devices: { disks: disks(1) } }),
    "one of several orders late": {
      plan: (t) => t.kvm({ os: os("hd"), devices: { disks: [...disks("${var.order}"), ...disks(2)] } }),
      message: "devices.disks[1]",
    },
  },
  passes: {
    "one of them": (t) => t.kvm({ os: os("hd") }).kvm({ devices: { disks: disks(1) } }),
    "an empty list": (t) => t.kvm({ os: os(), devices: { disks: disks(1) } }),
    "a paravirtualized guest": (t) => t.xenPv({ os: os("hd"), devices: { disks: disks(1) } }),
  },
  undetermined: {
    "an order that is known only at apply": (t) =>
      t.kvm({ os: os("hd"), devices: { disks: disks("${var.order}") } }),
    "a list that is known only at apply": (t) =>
      t.kvm({ os: { boot_devices: "${var.list}" }, devices: { disks: disks(1) } }),
  },
});
