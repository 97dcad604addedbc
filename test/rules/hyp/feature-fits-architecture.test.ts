import { featureFitsArchitecture } from "../../../lib/rules/hyp/feature-fits-architecture";
import { RuleTester } from "../../../lib/testing";

const on = (arch: string, machine: string | null, features: object) => ({
  os: { type_arch: arch, type_machine: machine },
  features,
});
const state = { state: "on" };

RuleTester.run(featureFitsArchitecture, {
  fails: {
    "ARM's interrupt controller on x86": {
      plan: (t) => t.kvm({ name: "a", features: { gic: { version: "3" } } }),
      severity: "error",
      message:
        '"a" sets features.gic, which is for ARM guests with machine virt; it is x86_64 with machine q35.',
      fix: "remove features.gic",
      at: "features.gic",
      places: ["a"],
    },
    "everything of POWER on x86, even switched off": {
      plan: (t) =>
        t.kvm({
          features: {
            hpt: { resizing: "enabled" },
            htm: { state: "off" },
            nested_hv: state,
            ccf_assist: state,
            cfpc: { value: "fixed" },
            sbbc: { value: "fixed" },
            ibs: { value: "fixed" },
          },
        }),
      count: 7,
      message: "which is for POWER guests with machine pseries",
    },
    "everything of x86 on ARM": {
      plan: (t) =>
        t.tcg(on("aarch64", "virt", { apic: { eoi: "on" }, ioapic: { driver: "kvm" }, pv_spinlock: state })),
      count: 3,
      message: "which is for x86 guests; it is aarch64 with machine virt",
    },
    "enlightenments on POWER, and no performance counters": {
      plan: (t) =>
        t.tcg(on("ppc64le", "pseries", { apic: null, hyper_v: { relaxed: state }, pmu: { state: "off" } })),
      count: 2,
      message: "sets features.pmu to off, which is for guests of other architectures than POWER",
    },
    "another machine of ARM": (t) => t.tcg(on("aarch64", "raspi3b", { apic: null, gic: {} })),
  },
  passes: {
    "what x86 has": (t) =>
      t.kvm({
        features: {
          apic: { eoi: "on" },
          ioapic: { driver: "qemu" },
          pv_spinlock: state,
          hyper_v: { relaxed: state },
          pmu: { state: "off" },
          hpt: {},
        },
      }),
    "what ARM and POWER have": (t) =>
      t
        .tcg(on("aarch64", "virt-7.2", { gic: { version: "3" }, hyper_v: { relaxed: state } }))
        .tcg(on("ppc64le", "pseries-7.2", { htm: state, cfpc: { value: "fixed" } }))
        .tcg(on("ppc64", null, { nested_hv: state, pmu: state })),
    "no features": (t) => t.kvm({ features: null }),
    "a Xen guest": (t) => t.xenHvm({ features: { gic: {} } }),
  },
  undetermined: {
    "a late architecture": {
      plan: (t) => t.kvm(on("${var.arch}", "q35", { gic: {} })),
      reason: "the guest's architecture or machine is known only at apply",
    },
    "a late machine": (t) => t.kvm(on("x86_64", "${var.machine}", { htm: state })),
    "a late feature": {
      plan: (t) => t.tcg(on("ppc64le", "pseries", { apic: null, pmu: { state: "${var.pmu}" } })),
      reason: "the guest's features are known only at apply",
    },
    "late features": (t) => t.kvm({ features: "${var.features}" }),
    "no architecture": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm({ os: { type_arch: null }, features: { gic: {} } }),
      reason: "the guest's architecture is not known",
    },
  },
});
