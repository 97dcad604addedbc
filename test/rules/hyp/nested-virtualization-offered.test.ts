import { KVM_EXAMPLE } from "../../../lib/plan/example-facts";
import { nestedVirtualizationOffered } from "../../../lib/rules/hyp/nested-virtualization-offered";
import { RuleTester } from "../../../lib/testing";

const cpu = (name: string, policy?: string, mode = "host-passthrough") => ({
  cpu: {
    mode,
    features: [
      { name: "avx", policy: "disable" },
      { name, policy },
    ],
  },
});
/** The example's host has an Intel CPU. */
const hostModel = (...features: [name: string, policy: string][]) => ({
  domainCapabilities: [
    {
      ...KVM_EXAMPLE.domainCapabilities![0]!,
      hostModel: { model: "Skylake-Server", features: features.map(([name, policy]) => ({ name, policy })) },
    },
  ],
});

RuleTester.run(nestedVirtualizationOffered, {
  fails: {
    "the flag of another vendor": {
      plan: (t) => t.kvmHost("kvm1").kvm({ name: "a", ...cpu("svm", "require") }),
      severity: "warning",
      message: '"a" asks for nested virtualization with AMD\'s svm, but the CPU of "kvm1" has Intel\'s vmx.',
      fix: 'remove cpu.features[1], or place "a" on a host with AMD\'s CPU',
      at: "cpu.features[1]",
      places: ["a"],
    },
    "nesting that is switched off": {
      plan: (t) => t.kvmHost("kvm1", { facts: hostModel(["vmx", "disable"]) }).kvm(cpu("vmx")),
      message: 'but KVM on "kvm1" does not pass it on: nesting is switched off',
      fix: /load kvm_intel on kvm1 with nested=1/,
    },
    "an experiment of Xen's": {
      plan: (t) => t.xenHvm({ name: "a", ...cpu("svm") }),
      message: '"a" asks for nested virtualization (svm), which is an experiment in Xen',
      fix: /or run it as KvmGuest$/,
    },
  },
  passes: {
    "the host's own flag": (t) => t.kvm(cpu("vmx")).kvm(cpu("vmx", "force")),
    "nesting that is on": (t) => t.kvmHost("kvm1", { facts: hostModel(["vmx", "require"]) }).kvm(cpu("vmx")),
    "a flag that is not asked for": (t) => t.kvm(cpu("svm", "disable")).kvm(cpu("svm", "optional")).kvm(),
    "emulated guests, which have what QEMU emulates": (t) => t.tcg(cpu("svm", "require", "maximum")),
    "Xen guests whose features are ignored": (t) =>
      t
        .xenPv(cpu("svm"))
        .xenPvh(cpu("svm"))
        .xenHvm(cpu("svm", "require", "custom")),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm(cpu("vmx")),
      reason: 'needs facts of "kvm1"',
    },
    "a late feature": {
      plan: (t) => t.kvm(cpu("${var.feature}")),
      reason: "the features of the guest's CPU are known only at apply",
    },
    "a late policy": (t) => t.kvm(cpu("vmx", "${var.policy}")),
  },
});
