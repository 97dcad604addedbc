import { cpuSettingsIgnored } from "../../../lib/rules/xen/cpu-settings-ignored";
import { RuleTester } from "../../../lib/testing";

const features = [{ name: "avx", policy: "disable" }];

RuleTester.run(cpuSettingsIgnored, {
  fails: {
    "a named model": {
      plan: (t) => t.xenHvm({ name: "a", cpu: { mode: "custom", model: "Nehalem" } }),
      severity: "warning",
      message:
        '"a" would start without CPU model Nehalem: libvirt\'s Xen driver accepts the setting and drops it.',
      fix: 'remove cpu.model; single features can be switched with cpu.mode "host-passthrough"',
      at: "cpu.model",
      places: ["a"],
    },
    "a model without a mode, for a PV guest": (t) => t.xenPv({ cpu: { model: "Nehalem" } }),
    "features of host-model": {
      plan: (t) => t.xenHvm({ cpu: { mode: "host-model", features } }),
      message: "choices of CPU features",
    },
    "a topology, whatever the mode": {
      plan: (t) =>
        t.xenHvm({ vcpu: 4, cpu: { topology: { sockets: 1, cores: 2, threads: 2 } } }).xenPvh({
          vcpu: 2,
          cpu: { mode: "host-passthrough", topology: { sockets: 2, cores: 1, threads: 1 } },
        }),
      count: 2,
      fix: /^remove cpu\.topology\nremove cpu\.topology$/,
    },
    "model, features and topology in one finding": {
      plan: (t) => t.xenHvm({ cpu: { mode: "custom", model: "EPYC", features, topology: { cores: 1 } } }),
      message: "CPU model EPYC, choices of CPU features and a CPU topology",
    },
  },
  passes: {
    "what is delivered": (t) => t.xenHvm({ cpu: { mode: "host-passthrough", features } }),
    "what equals no cpu at all": (t) => t.xenHvm({ cpu: { mode: "host-model" } }).xenPv(),
    "NUMA cells": (t) =>
      t.xenHvm({ cpu: { numa: { cell: [{ id: 0, cpus: "0", memory: 1, unit: "GiB" }] } } }),
    "a KVM guest": (t) => t.kvm({ cpu: { mode: "custom", model: "Nehalem" } }),
  },
  undetermined: {
    "a late mode": {
      plan: (t) => t.xenHvm({ cpu: { mode: "${var.mode}", model: "Nehalem" } }),
      reason: "the mode of the guest's CPU is known only at apply",
    },
    "a late model": (t) => t.xenHvm({ cpu: { mode: "custom", model: "${var.model}" } }),
    "a late CPU": (t) => t.xenHvm({ cpu: "${var.cpu}" }),
  },
});
