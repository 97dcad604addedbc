import { pvKernelHas64Bits } from "../../../lib/rules/xen/pv-kernel-has-64-bits";
import { RuleTester } from "../../../lib/testing";

const pv32 = (os: string | undefined, more: object = {}) => ({
  intent: { os },
  os: { type_arch: "i686", ...more },
});

RuleTester.run(pvKernelHas64Bits, {
  fails: {
    "Linux 6.1": {
      plan: (t) => t.xenPv({ name: "a", ...pv32("debian-12") }),
      severity: "error",
      message: '"a" is a 32-bit PV guest, and Debian 12 has Linux 6.1: 32-bit PV ended with Linux 5.9.',
      fix: 'set os.typeArch to "x86_64" and use the 64-bit system, or use XenHvmGuest',
      at: "os.typeArch",
      places: ["a"],
    },
    "Linux 5.10": (t) => t.xenPv(pv32("debian-11")),
  },
  passes: {
    "an older Linux": (t) => t.xenPv(pv32("debian-10")),
    "64 bits": (t) => t.xenPv({ intent: { os: "debian-12" } }),
    "HVM and PVH": (t) => t.xenHvm(pv32("debian-12")).xenPvh(pv32("debian-12")),
    "another system": (t) => t.xenPv(pv32("freebsd-13")),
    "a KVM guest": (t) => t.kvm(pv32("debian-12")),
    "a late kind of guest with an older Linux": (t) => t.xenPv(pv32("debian-10", { type: "${var.type}" })),
  },
  undetermined: {
    "a kernel of unknown version": {
      plan: (t) => t.xenPv(pv32("alpine-3.21")),
      reason: /^the version of Alpine.*kernel is not known$/,
    },
    "a late architecture": {
      plan: (t) => t.xenPv(pv32("debian-12", { type_arch: "${var.arch}" })),
      reason: "the guest's architecture is known only at apply",
    },
    "a late kind of guest": {
      plan: (t) => t.xenPv(pv32("debian-12", { type: "${var.type}" })),
      reason: "the guest's type is known only at apply",
    },
  },
});
