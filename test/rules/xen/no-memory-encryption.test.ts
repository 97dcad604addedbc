import { noMemoryEncryption } from "../../../lib/rules/xen/no-memory-encryption";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(noMemoryEncryption, {
  fails: {
    SEV: {
      plan: (t) => t.xenHvm({ name: "a", launch_security: { sev: { policy: 3 } } }),
      severity: "error",
      message: '"a" asks for AMD SEV: under Xen it would start with plain, unencrypted memory',
      fix: /^remove launchSecurity, or run "a" as KvmGuest/,
      at: "launchSecurity.sev",
      places: ["a"],
    },
    "every kind, for every kind of guest": {
      plan: (t) =>
        t
          .xenHvm({ launch_security: { sevsnp: {} } })
          .xenPv({ launch_security: { tdx: {} } })
          .xenPvh({ launch_security: { s390pv: true } }),
      count: 3,
      message: /SEV-SNP.*\n.*Intel TDX.*\n.*IBM Secure Execution/,
    },
  },
  passes: {
    "no launch security": (t) => t.xenHvm().xenPv({ launch_security: {} }),
    "a kind that is switched off": (t) => t.xenPv({ launch_security: { s390pv: false } }),
    "a KVM guest": (t) => t.kvm({ launch_security: { sev: { policy: 3 } } }),
  },
  undetermined: {
    "late launch security": {
      plan: (t) => t.xenHvm({ launch_security: "${var.security}" }),
      reason: "the guest's launch security is known only at apply",
    },
    "a late switch": (t) => t.xenHvm({ launch_security: { s390pv: "${var.pv}" } }),
  },
});
