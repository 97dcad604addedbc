import { pvStatesItsBoot } from "../../../lib/rules/xen/pv-states-its-boot";
import { RuleTester } from "../../../lib/testing";

const nothing = { os: { kernel: null, initrd: null } };

RuleTester.run(pvStatesItsBoot, {
  fails: {
    "nothing stated": {
      plan: (t) => t.xenPv({ name: "a", ...nothing }),
      severity: "warning",
      message:
        'PV guest "a" states neither a kernel nor a boot loader: libvirt would run pygrub on its first disk.',
      fix: 'set bootloader to "pygrub" if its image has a GRUB configuration, else os.kernel and os.initrd',
      at: "bootloader",
      places: ["a"],
    },
  },
  passes: {
    "a kernel": (t) => t.xenPv(),
    "a boot loader": (t) => t.xenPv({ ...nothing, bootloader: "pygrub" }),
    "a late kernel": (t) => t.xenPv({ os: { kernel: "${var.kernel}", initrd: null } }),
    "HVM, and PVH of which another rule speaks": (t) => t.xenHvm().xenPvh(nothing),
    "ARM, where there is no pygrub": (t) =>
      t.xenPv({ os: { kernel: null, initrd: null, type_arch: "aarch64" } }),
    "a KVM guest": (t) => t.kvm(),
  },
  undetermined: {
    "a late kind of guest": {
      plan: (t) => t.xenPv({ os: { ...nothing.os, type: "${var.type}" } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
