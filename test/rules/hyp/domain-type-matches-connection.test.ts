import { domainTypeMatchesConnection } from "../../../lib/rules/hyp/domain-type-matches-connection";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(domainTypeMatchesConnection, {
  fails: {
    "a Xen guest on a KVM connection": {
      plan: (t) => t.kvmHost("kvm1").xenHost("xen1").xenHost("xen2").xenPv({ host: "kvm1", name: "dom1" }),
      severity: "error",
      message: '"dom1" has domain type xen, but "kvm1" is a KVM host (qemu+ssh://kvm1/system).',
      fix: /^attach "dom1" to xen1 or xen2, or set type to "kvm" \(or "qemu" for emulation\)$/,
      at: "type",
      places: ["dom1"],
    },
    "a KVM guest on a Xen connection": {
      plan: (t) => t.xenHost("xen1").kvm({ host: "xen1", name: "web" }),
      message: '"web" has domain type kvm, but "xen1" is a Xen host (xen+ssh://xen1/system).',
      fix: /^attach "web" to a KVM host, or set type to "xen"$/,
    },
    "a KVM guest on a Xen connection beside one KVM host": {
      plan: (t) => t.xenHost("xen1").kvmHost("kvm1").kvm({ host: "xen1", name: "web" }),
      fix: /^attach "web" to kvm1, or set/,
    },
    "an emulated guest on a Xen connection": {
      plan: (t) => t.xenHost("xen1").tcg({ host: "xen1" }),
      message: "has domain type qemu",
    },
    "the connection wins over what was declared": (t) =>
      t.kvmHost("h1", { uri: "xen+ssh://h1/system" }).kvm({ host: "h1" }),
    "without a URI, what was declared": {
      plan: (t) =>
        t
          .provider({ label: "h1", alias: "h1", intent: { name: "h1", hypervisor: "xen" } })
          .kvm({ host: "h1" }),
      message: /but "h1" is a Xen host\.$/,
    },
  },
  passes: {
    "each on its own": (t) => t.kvm().tcg().xenPv().xenPvh().xenHvm(),
    "a domain type of another hypervisor: that is another rule's": (t) =>
      t.kvm({ type: "hvf" }).xenHost("xen1").kvm({ type: "hvf", host: "xen1" }),
  },
  undetermined: {
    "a late domain type": {
      plan: (t) => t.kvm({ type: "${var.type}" }),
      reason: "the guest's domain type is known only at apply",
    },
    "a connection that tells nothing": {
      plan: (t) => t.provider({ label: "h1", alias: "h1", uri: "test:///default" }).xenPv({ host: "h1" }),
      reason: 'which hypervisor "h1" is cannot be told from its connection',
    },
  },
});
