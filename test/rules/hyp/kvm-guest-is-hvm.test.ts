import { kvmGuestIsHvm } from "../../../lib/rules/hyp/kvm-guest-is-hvm";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(kvmGuestIsHvm, {
  fails: {
    "a PV os type": {
      plan: (t) => t.kvm({ name: "a", os: { type: "xen" } }),
      severity: "error",
      message:
        'KVM guest "a" has os type xen: only Xen runs paravirtualized guests, and QEMU takes nothing but hvm.',
      fix: 'set os.type to "hvm", or place "a" on a Xen host with type "xen"',
      at: "os.type",
      places: ["a"],
    },
    "the older word for it, as it is written": {
      plan: (t) => t.kvm({ os: { type: "linux" } }),
      message: "os type linux",
    },
    PVH: { plan: (t) => t.kvm({ os: { type: "xenpvh" } }), message: "os type xenpvh" },
    "a container's os type on an emulated guest": {
      plan: (t) => t.tcg({ name: "a", os: { type: "exe" } }),
      message: 'QEMU guest "a" has os type exe',
    },
    "a boot loader without os type": {
      plan: (t) => t.kvm({ name: "a", os: { type: null }, bootloader: "/usr/bin/pygrub" }),
      message: 'KVM guest "a" has a boot loader and no os type, which stands for os type xen: only Xen runs',
    },
  },
  passes: {
    "hvm, under KVM and emulated": (t) => t.kvm().tcg(),
    "Xen guests of every type": (t) => t.xenPv().xenPvh().xenHvm(),
    "no os type at all: that is another rule's": (t) => t.kvm({ os: { type: null } }),
  },
  undetermined: {
    "a late os type": {
      plan: (t) => t.kvm({ os: { type: "${var.type}" } }),
      reason: "the guest's os type is known only at apply",
    },
  },
});
