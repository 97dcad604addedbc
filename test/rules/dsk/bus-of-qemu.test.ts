import { busOfQemu } from "../../../lib/rules/dsk/bus-of-qemu";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

RuleTester.run(busOfQemu, {
  fails: {
    "Xen's bus": {
      plan: (t) => t.kvm(withDisks(disk("vda"), disk("xvda", { target: { dev: "xvda", bus: "xen" } }))),
      severity: "error",
      message: 'Disk xvda of "web" is on the xen bus, which is one of Xen.',
      fix: 'use bus "virtio" with target vdb',
      at: "devices.disks[1].target.bus",
      places: ["web"],
    },
    "a target of Xen without a bus": {
      plan: (t) => t.kvm(withDisks(disk("xvda"))),
      message: "on the xen bus (its target says so), which",
      at: "devices.disks[0].target.dev",
    },
    "the bus of User Mode Linux": {
      plan: (t) => t.tcg(withDisks(disk("ubda"))),
      message: "one of User Mode Linux",
    },
  },
  passes: {
    "buses of QEMU": (t) =>
      t.kvm(withDisks(disk("vda"), disk("sda"), disk("xvda", { target: { dev: "xvda", bus: "virtio" } }))),
    "no target": (t) => t.kvm(withDisks(disk("x", { target: {} }))),
    "a Xen guest": (t) => t.xenPv(withDisks(disk("xvda"))),
  },
  undetermined: {
    "a bus known only at apply": {
      plan: (t) => t.kvm(withDisks(disk("xvda", { target: { dev: "xvda", bus: "${var.bus}" } }))),
      reason: "the bus of a disk is known only at apply",
    },
  },
});
