import { armHasPvOnly } from "../../../lib/rules/xen/arm-has-pv-only";
import { RuleTester } from "../../../lib/testing";

const ofArm = { os: { type_arch: "aarch64" } };

RuleTester.run(armHasPvOnly, {
  fails: {
    "HVM on an ARM host": {
      plan: (t) => t.xenHost("arm1", { arch: "aarch64", facts: null }).xenHvm({ name: "a", ...ofArm }),
      severity: "error",
      message:
        'HVM guest "a" cannot run on "arm1" (aarch64): Xen on ARM has one kind of guest, without an emulated machine.',
      fix: /^use XenPvGuest with a kernel/,
      at: "os.type",
      places: ["a"],
    },
    PVH: {
      plan: (t) => t.xenHost("arm1", { facts: { arch: "armv7l" } }).xenPvh({ os: { type_arch: null } }),
      message: /^PVH guest .* \(armv7l\)/,
    },
    "a guest that alone tells of ARM": (t) => t.xenHost("x", { facts: null }).xenHvm(ofArm),
  },
  passes: {
    "PV on ARM": (t) => t.xenHost("arm1", { facts: { arch: "aarch64" } }).xenPv(ofArm),
    "all kinds on x86": (t) => t.xenHvm().xenPvh().xenPv(),
    "an ARM guest on an x86 host, which another rule refuses": (t) => t.xenHost("xen1").xenHvm(ofArm),
    "a KVM guest": (t) => t.kvm(ofArm),
    "a late kind of guest on x86": (t) => t.xenHvm({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "no architecture at all": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenHvm({ os: { type_arch: null } }),
      reason: 'needs facts of "xen1"',
    },
    "a late architecture": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenHvm({ os: { type_arch: "${var.arch}" } }),
      reason: "the host's architecture is known only at apply",
    },
    "a late kind of guest on ARM": (t) =>
      t
        .xenHost("arm1", { facts: { arch: "aarch64" } })
        .xenHvm({ os: { type: "${var.type}", type_arch: "aarch64" } }),
  },
});
