import { valueReadsBack } from "../../../lib/rules/prv/value-reads-back";
import { RuleTester } from "../../../lib/testing";

const disk = (more: Record<string, unknown>) => ({
  devices: { disks: [{ source: { file: { file: "/a" } }, target: { dev: "vda", bus: "virtio" }, ...more }] },
});

RuleTester.run(valueReadsBack, {
  fails: {
    "a cache mode that says nothing": {
      plan: (t) => t.kvm({ name: "web", ...disk({ driver: { name: "qemu", cache: "default" } }) }),
      message:
        'devices.disks[0].driver.cache of "web" is "default" and comes back as null, since it goes without saying: the apply ends in an error.',
      fix: "remove it",
      at: "devices.disks[0].driver.cache",
    },
    "another word for raw": { plan: (t) => t.kvm(disk({ driver: { type: "aio" } })), fix: 'write "raw"' },
    "false where it is a default": (t) => t.kvm({ devices: { graphics: [{ spice: { auto_port: false } }] } }),
    "each of several": {
      plan: (t) =>
        t.kvm({
          numa_tune: { memory: { placement: "static", nodeset: "0" } },
          ...disk({ target: { dev: "sda", bus: "sata", tray: "closed" } }),
        }),
      count: 2,
    },
  },
  passes: {
    "values that libvirt repeats": (t) =>
      t.kvm(disk({ driver: { name: "qemu", type: "raw", cache: "none" } })),
    "a tray that is open": (t) => t.kvm(disk({ target: { dev: "sda", bus: "sata", tray: "open" } })),
    "a late value": (t) => t.kvm(disk({ driver: { cache: "${var.cache}" } })),
  },
});
