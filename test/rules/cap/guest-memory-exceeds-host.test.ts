import { guestMemoryExceedsHost } from "../../../lib/rules/cap/guest-memory-exceeds-host";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(guestMemoryExceedsHost, {
  fails: {
    "more than twice the host's memory": {
      plan: (t) => t.kvmHost("kvm1").kvm({ name: "big", memory: 129 }),
      message: '"big" has 129 GiB of memory, and all of "kvm1" has 64 GiB.',
      fix: /^set memory to less than 64 GiB$/,
      at: "memory",
      severity: "error",
    },
    "more than the host's memory, which swap may hold": {
      plan: (t) => t.kvmHost("kvm1").kvm({ name: "big", memory: 65 }),
      severity: "warning",
    },
    "with hosts that are large enough": {
      plan: (t) =>
        t
          .kvmHost("kvm1")
          .kvmHost("kvm2", { facts: { memoryKiB: 256 * 2 ** 20 } })
          .xenHost("xen1", { facts: { memoryKiB: 256 * 2 ** 20 } })
          .kvm({ name: "big", memory: 129 }),
      fix: 'place "big" on kvm2',
    },
    "an emulated guest": (t) => t.tcg({ memory: 200 }),
  },
  passes: {
    "as much as the host has": (t) => t.kvm({ memory: 64 }),
    "a Xen guest: that is another rule's": (t) => t.xenPv({ memory: 200 }),
    "no memory": (t) => t.kvm({ memory: null }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h", { facts: null }).kvm(),
      reason: 'needs facts of "h"',
    },
    "memory that is known only at apply": {
      plan: (t) => t.kvm({ memory: "${var.memory}" }),
      reason: "known only at apply",
    },
  },
});
