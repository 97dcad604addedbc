import { noTransientDisks } from "../../../lib/rules/xen/no-transient-disks";
import { RuleTester } from "../../../lib/testing";

const disks = (...changes: object[]) => ({
  devices: {
    disks: changes.map((change, index) => ({
      source: { file: { file: `/srv/${index}.img` } },
      target: { dev: `xvd${"abc"[index]}`, bus: "xen" },
      driver: { name: "qemu", type: "raw" },
      ...change,
    })),
  },
});

RuleTester.run(noTransientDisks, {
  fails: {
    "the second disk": {
      plan: (t) => t.xenPv({ name: "a", ...disks({}, { transient: {} }) }),
      severity: "error",
      message: /^disk xvdb of "a" is transient/,
      fix: /^remove devices\.disks\[1\]\.transient/,
      at: "devices.disks[1].transient",
      places: ["a"],
    },
    "shared or not, of any kind of guest": {
      plan: (t) =>
        t
          .xenHvm(disks({ transient: { share_backing: "yes" } }))
          .xenPvh(disks({ transient: {}, target: null })),
      count: 2,
    },
  },
  passes: {
    "disks that keep what is written": (t) => t.xenPv(disks({}, {})).xenHvm(),
    "a KVM guest": (t) => t.kvm(disks({ transient: {} })),
  },
  undetermined: {
    "a late wish": {
      plan: (t) => t.xenPv(disks({ transient: "${var.transient}" })),
      reason: "whether a disk is transient is known only at apply",
    },
  },
});
