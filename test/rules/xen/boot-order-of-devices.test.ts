import { bootOrderOfDevices } from "../../../lib/rules/xen/boot-order-of-devices";
import { RuleTester } from "../../../lib/testing";

const file = (name: string) => ({
  source: { file: { file: `/srv/${name}` } },
  driver: { name: "qemu", type: "raw" },
});
const order = (value: number | string | undefined) => (value === undefined ? {} : { boot: { order: value } });
const guest = (orders: {
  disk?: number | string;
  second?: number;
  cdrom?: number;
  nic?: number | string;
  hostdev?: number;
}) => ({
  devices: {
    disks: [
      { ...file("cd.iso"), device: "cdrom", target: { dev: "hdc", bus: "ide" }, ...order(orders.cdrom) },
      { ...file("a.img"), target: { dev: "xvda", bus: "xen" }, ...order(orders.disk) },
      { ...file("b.img"), target: { dev: "xvdb", bus: "xen" }, ...order(orders.second) },
    ],
    interfaces: [{ source: { bridge: { bridge: "xenbr0" } }, ...order(orders.nic) }],
    hostdevs: [{ subsys_pci: { source: { address: { bus: 3 } } }, ...order(orders.hostdev) }],
  },
});

RuleTester.run(bootOrderOfDevices, {
  fails: {
    "the network first": {
      plan: (t) => t.xenHvm({ name: "a", ...guest({ nic: 1, disk: 2 }) }),
      severity: "warning",
      message:
        '"a" wants to boot devices.interfaces[0] first: under Xen it would boot its first hard disk, as the boot order of devices is dropped.',
      fix: 'remove boot.order from the devices and set os.bootDevices to [{ dev: "network" }, { dev: "hd" }]',
      at: "devices.interfaces[0].boot.order",
      places: ["a"],
    },
    "a CD-ROM first": {
      plan: (t) => t.xenHvm(guest({ cdrom: 3, disk: 5, second: 7 })),
      fix: /set os\.bootDevices to \[\{ dev: "cdrom" \}, \{ dev: "hd" \}\]$/,
    },
    "the second disk first": (t) => t.xenHvm(guest({ second: 1, disk: 2 })),
    "a device of the host": {
      plan: (t) => t.xenHvm(guest({ hostdev: 1 })),
      at: "devices.hostdevs[0].boot.order",
      fix: /^remove boot\.order from the devices$/,
    },
    "no disk at all": {
      plan: (t) =>
        t.xenHvm({
          devices: { disks: [], interfaces: [{ source: { bridge: { bridge: "b" } }, ...order(1) }] },
        }),
      message: "would boot what its firmware finds first",
    },
  },
  passes: {
    "the first disk first": (t) => t.xenHvm(guest({ disk: 1, nic: 2 })).xenHvm(guest({ disk: 4 })),
    "no order": (t) => t.xenHvm(guest({})),
    "PV and PVH guests, which boot a kernel": (t) => t.xenPv(guest({ nic: 1 })).xenPvh(guest({ nic: 1 })),
    "a KVM guest": (t) => t.kvm(guest({ nic: 1 })),
  },
  undetermined: {
    "a late order": {
      plan: (t) => t.xenHvm(guest({ disk: "${var.order}", nic: 1 })),
      reason: "a boot order is known only at apply",
    },
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...guest({ nic: 1 }) }),
      reason: "the guest's type is known only at apply",
    },
  },
});
