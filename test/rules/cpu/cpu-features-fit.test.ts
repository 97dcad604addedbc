import { KVM_EXAMPLE } from "../../../lib/plan/example-facts";
import { cpuFeaturesFit } from "../../../lib/rules/cpu/cpu-features-fit";
import { RuleTester } from "../../../lib/testing";

const cpu = (features: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  cpu: { mode: "custom", model: "Skylake-Server", features, ...more },
});
const feature = (name: string, policy = "require") => ({ name, policy });
const arm = { os: { type_arch: "aarch64", type_machine: "virt" } };
const tcgCapabilities = [{ ...KVM_EXAMPLE.domainCapabilities![0]!, virtType: "qemu" }];

RuleTester.run(cpuFeaturesFit, {
  fails: {
    "a feature that the host lacks": {
      plan: (t) => t.kvm(cpu([feature("pcid"), feature("avx512f")])),
      message: '"a" requires CPU feature avx512f, which "kvm1" lacks.',
      fix: 'remove it, or set its policy to "optional"',
      at: "cpu.features[1].name",
      severity: "error",
    },
    "a feature without a policy, which is require": (t) => t.kvm(cpu([{ name: "avx512f" }])),
    "a feature that the host's own model does without": {
      plan: (t) =>
        t
          .kvmHost("kvm1", {
            facts: {
              domainCapabilities: [
                {
                  ...KVM_EXAMPLE.domainCapabilities![0]!,
                  hostModel: { model: "Skylake-Server", features: [{ name: "mpx", policy: "disable" }] },
                },
              ],
            },
          })
          .kvm(cpu([feature("mpx")])),
      message: "mpx",
    },
    "a feature that only QEMU may lack": {
      plan: (t) =>
        t
          .kvmHost("kvm1", { facts: { cpu: { ...KVM_EXAMPLE.cpu!, features: ["avx512f"] } } })
          .kvm(cpu([feature("avx512f")])),
      message: 'which QEMU on "kvm1" cannot provide',
      severity: "warning",
    },
    "the same where all is checked": (t) =>
      t
        .kvmHost("kvm1", { facts: { cpu: { ...KVM_EXAMPLE.cpu!, features: ["avx512f"] } } })
        .kvm(cpu([feature("avx512f")], { check: "full" })),
    "an emulated guest that is checked": (t) =>
      t
        .kvmHost("kvm1", { facts: { domainCapabilities: tcgCapabilities } })
        .tcg(cpu([feature("avx512f")], { check: "partial" })),
    "a feature that is given twice": {
      plan: (t) => t.kvm(cpu([feature("aes"), feature("aes", "disable")])),
      message: 'CPU feature aes of "a" is given twice, in cpu.features[0] and cpu.features[1].',
      at: "cpu.features[1].name",
    },
    "a feature without a name": {
      plan: (t) => t.kvm(cpu([{ policy: "require" }])),
      at: "cpu.features[0].name",
    },
    "features without a model": {
      plan: (t) => t.kvm({ name: "a", cpu: { mode: null, features: [feature("aes")] } }),
      message: "without a mode or a model",
      at: "cpu.model",
    },
    "an x86 feature on ARM": {
      plan: (t) => t.kvm({ ...cpu([feature("vmx")]), ...arm }),
      message: 'CPU feature vmx of "a" is not a feature of aarch64.',
    },
    "an ARM feature on x86, even if it is to be off": (t) => t.kvm(cpu([feature("sve128", "disable")])),
    "vector lengths without vectors": {
      plan: (t) => t.kvm({ ...cpu([feature("sve", "disable"), feature("sve256")]), ...arm }),
      message: "(sve256, policy require) and switches SVE off",
      fix: "remove sve256, or require sve",
    },
  },
  passes: {
    "a feature of the host": (t) => t.kvm(cpu([feature("pcid")])),
    "no features": (t) => t.kvm().kvm(cpu([])),
    "a missing feature that is not required": (t) =>
      t.kvm(cpu([feature("avx512f", "disable")])).kvm(cpu([feature("avx512f", "optional")])),
    "a missing feature that is not checked": (t) =>
      t.kvm(cpu([feature("avx512f")], { check: "none" })).tcg(cpu([feature("avx512f")])),
    "features on the host's own model": (t) =>
      t.kvm({ cpu: { mode: "host-model", features: [feature("pcid")] } }),
    "a blocker that the host model nevertheless has": (t) =>
      t
        .kvmHost("kvm1", {
          facts: {
            domainCapabilities: [
              {
                ...KVM_EXAMPLE.domainCapabilities![0]!,
                hostModel: { model: "Skylake-Server", features: [{ name: "avx512f", policy: "require" }] },
              },
            ],
          },
        })
        .kvm(cpu([feature("avx512f")])),
    "features of AMD that sound like ARM's": (t) => t.kvm(cpu([feature("svme-addr-chk", "disable")])),
    "a Xen guest": (t) => t.xenHvm(cpu([feature("aes"), feature("aes")])),
  },
  undetermined: {
    "a name that is known only at apply": (t) => t.kvm(cpu([feature("${var.name}")])),
    "a policy that is known only at apply": (t) => t.kvm(cpu([feature("pcid", "${var.policy}")])),
    "a check that is known only at apply": (t) => t.kvm(cpu([feature("pcid")], { check: "${var.check}" })),
    "an emulator that the facts do not describe": (t) =>
      t.kvm({ ...cpu([feature("avx512f")]), devices: { emulator: "/opt/qemu" } }),
    "a host without facts": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm(cpu([feature("pcid")])),
      reason: 'needs facts of "kvm1"',
    },
  },
});
