import { join } from "node:path";
import { HostFacts, type HostFactsData } from "../../../lib/host-facts";
import { cpuModelUsable } from "../../../lib/rules/cpu/cpu-model-usable";
import { RuleTester } from "../../../lib/testing";

type Capabilities = NonNullable<HostFactsData["domainCapabilities"]>[number];

const captured = { facts: HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12")) };
const model = (name: string, more: Record<string, unknown> = {}) => ({
  cpu: { mode: "custom", model: name, ...more },
});
const policies = (policy: string, ...names: string[]) => ({
  features: names.map((name) => ({ name, policy })),
});

/** A host whose CPU is what QEMU can provide, with a model that lacks something and one of which nothing is known. */
const host = (
  capabilities: Partial<Capabilities> = {},
  cpu: HostFactsData["cpu"] = { model: "Broadwell", features: ["vmx"] },
) => ({
  facts: {
    cpu,
    domainCapabilities: ["kvm", "qemu"].map((virtType) => ({
      virtType,
      arch: "x86_64",
      machine: "pc-q35-7.2",
      cpuModes: {},
      hostModel: { model: "Broadwell", features: [{ name: "aes", policy: "require" }] },
      cpuModels: [
        { name: "Broadwell", usable: true },
        { name: "Icelake", usable: false },
        { name: "Cooperlake", usable: false, blockers: ["avx512f", "pku"] },
        { name: "Mystery" },
      ],
      devices: {},
      features: {},
      ...capabilities,
    })),
  },
});

RuleTester.run(cpuModelUsable, {
  fails: {
    "a model whose features the CPU lacks": {
      plan: (t) => t.kvmHost("h1", host()).kvm({ name: "a", ...model("Cooperlake") }),
      message: /^CPU model Cooperlake of "a" is not usable on "h1": it needs avx512f, pku\.$/,
      fix: /^set cpu.mode to "host-model", or cpu.model to Broadwell, or add avx512f, pku to cpu.features with policy "disable"$/,
      at: "cpu.model",
      severity: "error",
    },
    "one on a host whose libvirt does not name the features": {
      plan: (t) => t.kvmHost("h1", host()).kvm({ name: "a", ...model("Icelake") }),
      message: /^CPU model Icelake of "a" is not usable on "h1"\.$/,
      fix: /^set cpu.mode to "host-model", or cpu.model to Broadwell$/,
      severity: "error",
    },
    "a model without a mode, which is custom": (t) =>
      t.kvmHost("h1", host()).kvm(model("Icelake", { mode: null })),
    "check partial": (t) => t.kvmHost("h1", host()).kvm(model("Icelake", { check: "partial" })),
    "a host of the plan that can provide it is named, and models to choose from": {
      plan: (t) =>
        t
          .kvmHost("h1", host({ cpuModels: [..."abcdefg"].map((name) => ({ name, usable: name !== "g" })) }))
          .kvmHost("h2", host({ cpuModels: [{ name: "g", usable: true }] }))
          .kvmHost("h3", host({ cpuModels: [{ name: "g" }] }))
          .kvm({ name: "vm", host: "h1", ...model("g") }),
      fix: 'cpu.model to a, b, c, d or e, or place "vm" on h2',
    },
    "no model of the host is usable": {
      plan: (t) => t.kvmHost("h1", host({ cpuModels: [{ name: "g", usable: false }] })).kvm(model("g")),
      fix: "one that virsh domcapabilities marks usable",
    },
    "one feature of several is switched off": {
      plan: (t) => t.kvmHost("h1", host()).kvm(model("Cooperlake", policies("disable", "pku"))),
      message: "it needs avx512f.",
      severity: "error",
    },
    "features with policies that still demand them": {
      plan: (t) => t.kvmHost("h1", host()).kvm(model("Cooperlake", policies("forbid", "avx512f", "pku"))),
      message: "it needs avx512f, pku",
    },
    "full check with features of unknown need": {
      plan: (t) => t.kvmHost("h1", host({ hostModel: undefined })).kvm(model("Icelake", { check: "full" })),
      severity: "error",
    },
    "an emulated guest that asks for the check": {
      plan: (t) => t.kvmHost("h1", captured).tcg(model("Icelake-Server", { check: "partial" })),
      severity: "error",
    },
    "the captured host, of whose CPU QEMU hides a feature": {
      plan: (t) => t.kvmHost("h1", captured).kvm(model("SandyBridge")),
      message: "libvirt refuses to start the guest, or starts it without what QEMU cannot provide",
      severity: "warning",
    },
    "check full on the captured host": {
      plan: (t) => t.kvmHost("h1", captured).kvm(model("SandyBridge", { check: "full" })),
      message: /on "h1"\.$/,
      severity: "error",
    },
    "a host model without some of its features": {
      plan: (t) =>
        t
          .kvmHost(
            "h1",
            host({ hostModel: { model: "Broadwell", features: [{ name: "pni", policy: "disable" }] } }),
          )
          .kvm(model("Cooperlake")),
      severity: "warning",
    },
    "a host model that differs from the CPU's": {
      plan: (t) =>
        t.kvmHost("h1", host({ hostModel: { model: "Haswell", features: [] } })).kvm(model("Cooperlake")),
      severity: "warning",
    },
    "a host without host model": {
      plan: (t) => t.kvmHost("h1", host({ hostModel: undefined }, { features: [] })).kvm(model("Cooperlake")),
      severity: "warning",
    },
    "a host whose CPU is not known": {
      plan: (t) => t.kvmHost("h1", { facts: { ...host().facts, cpu: undefined } }).kvm(model("Cooperlake")),
      severity: "warning",
    },
    "features that the CPU has and QEMU cannot provide": {
      plan: (t) =>
        t
          .kvmHost("h1", host({}, { model: "Broadwell", features: ["avx512f", "pku"] }))
          .kvm(model("Cooperlake")),
      severity: "warning",
    },
    "one of them is missing in the CPU": {
      plan: (t) =>
        t.kvmHost("h1", host({}, { model: "Broadwell", features: ["avx512f"] })).kvm(model("Cooperlake")),
      severity: "error",
    },
    "old models with the one feature that KVM always hides": {
      plan: (t) =>
        ["core2duo", "coreduo", "n270", "phenom"].reduce(
          (plan, name) => plan.kvm(model(name)),
          t.kvmHost(
            "h1",
            host({
              cpuModels: ["core2duo", "coreduo", "n270", "phenom"].map((name) => ({ name, usable: false })),
            }),
          ),
        ),
      severity: "warning",
      count: 4,
    },
    "a model that QEMU does not know, with fallback": {
      plan: (t) => t.kvmHost("h1", host()).kvm({ name: "a", ...model("Icelake-Client") }),
      message:
        /^QEMU on "h1" does not know CPU model Icelake-Client of "a": libvirt refuses the guest or gives it another model\.$/,
      fix: /^set cpu.mode to "host-model", or cpu.model to Broadwell$/,
      at: "cpu.model",
      severity: "warning",
    },
    "a model that QEMU does not know, without fallback, even unchecked": {
      plan: (t) =>
        t.kvmHost("h1", host()).kvm({
          name: "a",
          ...model("Icelake-Client", { model_fallback: "forbid", check: "none" }),
        }),
      message: /^QEMU on "h1" does not know CPU model Icelake-Client of "a"\.$/,
      severity: "error",
    },
    "an emulated guest with a model that QEMU does not know": {
      plan: (t) => t.kvmHost("h1", host()).tcg(model("Icelake-Client")),
      severity: "warning",
    },
  },
  passes: {
    "a usable model": (t) => t.kvmHost("h1", host()).kvm(model("Broadwell")),
    "a usable model, checked in full": (t) =>
      t.kvmHost("h1", host()).kvm(model("Broadwell", { check: "full" })),
    "a usable model of the captured host": (t) => t.kvmHost("h1", captured).kvm(model("pentium3")),
    "check none": (t) => t.kvmHost("h1", host()).kvm(model("Icelake", { check: "none" })),
    "an emulated guest, which libvirt does not check": (t) => t.kvmHost("h1", host()).tcg(model("Icelake")),
    "all that is missing is switched off": (t) =>
      t
        .kvmHost("h1", host())
        .kvm(model("Cooperlake", policies("disable", "avx512f", "pku")))
        .kvm(model("Cooperlake", policies("optional", "avx512f", "pku"))),
    "a mode that needs no model": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm({ cpu: { mode: "host-model" } })
        .kvm(),
    "a model beside another mode, where it means nothing": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(model("Icelake", { mode: "host-model" })),
    "a Xen guest, which gets no model": (t) => t.xenHvm(model("Icelake")),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(model("Icelake")),
      reason: 'needs facts of "h1"',
    },
    "facts without domain capabilities of the type": (t) =>
      t.kvmHost("h1", { facts: { domainCapabilities: [] } }).kvm(model("Icelake")),
    "another architecture": (t) =>
      t.kvmHost("h1", host()).kvm({ ...model("Icelake"), os: { type_arch: "aarch64" } }),
    "an emulator that the facts do not describe": {
      plan: (t) => t.kvmHost("h1", host()).kvm({ ...model("Icelake"), devices: { emulator: "/opt/qemu" } }),
      reason: "do not describe the emulator",
    },
    "a model of which libvirt does not know": {
      plan: (t) => t.kvmHost("h1", host()).kvm(model("Mystery")),
      reason: 'whether "h1" can provide CPU model Mystery is not known',
    },
    "features are switched off, and nobody tells which are missing": {
      plan: (t) => t.kvmHost("h1", host()).kvm(model("Icelake", policies("disable", "pku"))),
      reason: "is not known",
    },
    "a policy that is known only at apply": (t) =>
      t.kvmHost("h1", host()).kvm(model("Cooperlake", policies("${var.policy}", "pku"))),
    "a feature that is known only at apply": (t) =>
      t.kvmHost("h1", host()).kvm(model("Cooperlake", policies("disable", "${var.feature}"))),
    "a model that is known only at apply": {
      plan: (t) => t.kvmHost("h1", host()).kvm(model("${var.model}")),
      reason: "CPU model is known only at apply",
    },
    "a mode that is known only at apply": (t) =>
      t.kvmHost("h1", host()).kvm(model("Icelake", { mode: "${var.mode}" })),
    "a check that is known only at apply": (t) =>
      t.kvmHost("h1", host()).kvm(model("Icelake", { check: "${var.check}" })),
    "an architecture that is known only at apply": {
      plan: (t) => t.kvmHost("h1", host()).kvm({ ...model("Icelake"), os: { type_arch: "${var.arch}" } }),
      reason: "known only at apply",
    },
  },
});
