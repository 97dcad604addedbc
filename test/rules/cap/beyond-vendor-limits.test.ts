import { beyondVendorLimits } from "../../../lib/rules/cap/beyond-vendor-limits";
import { RuleTester } from "../../../lib/testing";

const suse = { facts: { kernelRelease: "6.4.0-150600.23.47-default" } };
const debian = { facts: { kernelRelease: "6.1.0-26-amd64" } };

RuleTester.run(beyondVendorLimits, {
  fails: {
    "vCPUs of a KVM guest": {
      plan: (t) => t.kvmHost("h", suse).kvm({ name: "a", vcpu: 289 }),
      message: /^"a" has 289 vCPUs; SUSE supports 288 for such a guest\.$/,
      fix: "set vcpu to 288 or less",
      at: "vcpu",
    },
    "memory of a KVM guest": {
      plan: (t) => t.kvmHost("h", suse).kvm({ memory: 7, memory_unit: "TiB" }),
      at: "memory",
      message: "SUSE supports 6 TiB",
    },
    "a paravirtualized guest": (t) => t.xenHost("x", suse).xenPv({ vcpu: 513 }),
    "a fully virtualized guest": {
      plan: (t) => t.xenHost("x", suse).xenHvm({ vcpu: 33 }),
      message: "supports 32",
    },
    "a PVH guest": (t) => t.xenHost("x", suse).xenPvh({ vcpu: 33 }),
    "Windows on Xen": {
      plan: (t) => t.xenHost("x", suse).xenHvm({ vcpu: 65, intent: { os: "windows-server-2022" } }),
      message: "supports 64",
    },
    "a trusted guest": (t) => t.xenHost("x", suse).xenHvm({ vcpu: 129, intent: { trusted: true } }),
    "memory of a Xen guest": (t) => t.xenHost("x", suse).xenPv({ memory: 3, memory_unit: "TiB" }),
    "one that is too large beside what is late": (t) =>
      t.kvmHost("h", suse).kvm({ vcpu: 289, memory: "${var.memory}" }),
  },
  passes: {
    "guests within the limits, whatever the host": (t) =>
      t
        .kvmHost("h", { facts: null })
        .kvm({ vcpu: 288 })
        .xenHost("x", { facts: null })
        .xenPv({ vcpu: 512 })
        .xenHvm({ vcpu: 32 })
        .xenHvm({ vcpu: 64, intent: { os: "windows-server-2022" } })
        .xenHvm({ vcpu: 128, intent: { trusted: true } }),
    "another distribution": (t) => t.kvmHost("h", debian).kvm({ vcpu: 512 }).kvm({ vcpu: "${var.n}" }),
    "an emulated guest": (t) => t.kvmHost("h", suse).tcg({ vcpu: 512 }),
  },
  undetermined: {
    "a large guest of a host without facts": {
      plan: (t) => t.kvmHost("h", { facts: null }).kvm({ vcpu: 289 }),
      reason: 'needs facts of "h"',
    },
    "a size that is known only at apply": (t) => t.kvmHost("h", suse).kvm({ vcpu: "${var.n}" }),
  },
});
