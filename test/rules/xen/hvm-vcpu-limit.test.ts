import { hvmVcpuLimit } from "../../../lib/rules/xen/hvm-vcpu-limit";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(hvmVcpuLimit, {
  fails: {
    "one vCPU too many for HVM": {
      plan: (t) => t.xenHvm({ name: "big", vcpu: 129 }),
      severity: "error",
      message: 'HVM guest "big" asks for 129 vCPUs; Xen gives an HVM or PVH guest 128 at most.',
      fix: "set vcpu to 128 or less",
      at: "vcpu",
      places: ["big"],
    },
    "one too many for ARM": {
      plan: (t) =>
        t
          .xenHost("arm1", { arch: "aarch64", facts: null })
          .xenPv({ os: { type_arch: "aarch64" }, vcpu: 129 }),
      message: "Xen gives a guest on ARM 128 at most.",
    },
    "one too many for PVH": { plan: (t) => t.xenPvh({ vcpu: 129 }), message: "PVH guest" },
  },
  passes: {
    "as many as there may be": (t) => t.xenHvm({ vcpu: 128 }).xenPvh({ vcpu: 128 }),
    "more for PV": (t) => t.xenPv({ vcpu: 129 }),
    "more for KVM": (t) => t.kvm({ vcpu: 129 }),
    "a late number for PV": (t) => t.xenPv({ vcpu: "${var.vcpu}" }),
    "a late kind of guest with few": (t) => t.xenHvm({ os: { type: "${var.type}" }, vcpu: 128 }),
    "no number": (t) => t.xenHvm({ vcpu: null }),
  },
  undetermined: {
    "a late number": {
      plan: (t) => t.xenHvm({ vcpu: "${var.vcpu}" }),
      reason: "the number of vCPUs is known only at apply",
    },
    "a late kind of guest with many": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, vcpu: 129 }),
      reason: "the guest's type is known only at apply",
    },
  },
});
