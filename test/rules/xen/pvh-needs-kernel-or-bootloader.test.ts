import { pvhNeedsKernelOrBootloader } from "../../../lib/rules/xen/pvh-needs-kernel-or-bootloader";
import { RuleTester } from "../../../lib/testing";

const nothing = { kernel: null, initrd: null };

RuleTester.run(pvhNeedsKernelOrBootloader, {
  fails: {
    "neither kernel nor boot loader": {
      plan: (t) => t.xenPvh({ name: "web", os: nothing }),
      severity: "error",
      message: 'PVH guest "web" has nothing to boot: neither a kernel nor a boot loader.',
      fix: 'set os.kernel (and os.initrd), or bootloader to "pygrub"',
      at: "os.kernel",
      places: ["web"],
    },
    "an initrd alone": (t) => t.xenPvh({ os: { kernel: null } }),
  },
  passes: {
    "a kernel": (t) => t.xenPvh({ os: { initrd: null } }),
    "a kernel that is known only at apply": (t) => t.xenPvh({ os: { kernel: "${var.kernel}" } }),
    "a boot loader": (t) => t.xenPvh({ os: nothing, bootloader: "pygrub" }),
    "a PV guest, for which libvirt takes pygrub": (t) => t.xenPv({ os: nothing }),
    "an HVM guest": (t) => t.xenHvm(),
    "a KVM guest": (t) => t.kvm(),
  },
  undetermined: {
    "a late kind of guest": {
      plan: (t) => t.xenPvh({ os: { ...nothing, type: "${var.type}" } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
