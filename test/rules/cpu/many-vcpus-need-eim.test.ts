import { manyVcpusNeedEim } from "../../../lib/rules/cpu/many-vcpus-need-eim";
import { RuleTester } from "../../../lib/testing";

const iommu = (driver: unknown) => ({ devices: { iommu: { model: "intel", driver } } });

RuleTester.run(manyVcpusNeedEim, {
  fails: {
    "256 vCPUs without an IOMMU": {
      plan: (t) => t.kvm({ name: "a", vcpu: 256 }),
      message:
        '"a" can have 256 vCPUs; above 255 libvirt 9.0.0 on "kvm1" wants an IOMMU with extended interrupt mode.',
      fix: /intRemap: "on", eim: "on".*vcpu to at most 255/,
      at: "devices.iommu.driver.eim",
    },
    "an IOMMU without it": (t) => t.kvm({ vcpu: 260, ...iommu({ int_remap: "on" }) }),
    "an IOMMU with it off": (t) => t.kvm({ vcpu: 260, ...iommu({ eim: "off" }) }),
    "few of them current": (t) => t.kvm({ vcpu: 288, vcpu_current: 4 }),
    "an emulated guest, and the version that comes before": (t) =>
      t.kvmHost("kvm1", { facts: { libvirtVersion: "10.9.0" } }).tcg({ vcpu: 260 }),
  },
  passes: {
    "255 vCPUs": (t) => t.kvm({ vcpu: 255 }),
    "an IOMMU with it": (t) => t.kvm({ vcpu: 260, ...iommu({ int_remap: "on", eim: "on" }) }),
    "an AMD IOMMU with its own name for it": (t) => t.kvm({ vcpu: 260, ...iommu({ xt_sup: "on" }) }),
    "a libvirt that adds one": (t) =>
      t.kvmHost("kvm1", { facts: { libvirtVersion: "11.3.0" } }).kvm({ vcpu: 260 }),
    "a machine that has no room for so many": (t) => t.kvm({ vcpu: 260, os: { type_machine: "pc" } }),
    "another architecture": (t) => t.kvm({ vcpu: 260, os: { type_arch: "aarch64", type_machine: "virt" } }),
    "a Xen guest": (t) => t.xenPv({ vcpu: 260 }),
  },
  undetermined: {
    "a number that is known only at apply": (t) => t.kvm({ vcpu: "${var.vcpus}" }),
    "an IOMMU that is known only at apply": (t) => t.kvm({ vcpu: 260, devices: { iommu: "${var.iommu}" } }),
    "a machine that is known only at apply": (t) => t.kvm({ vcpu: 260, os: { type_machine: "${var.m}" } }),
    "a host without facts": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm({ vcpu: 260 }),
      reason: 'needs facts of "kvm1"',
    },
    "no machine on a host without facts": (t) =>
      t.kvmHost("kvm1", { facts: null }).kvm({ vcpu: 260, os: { type_machine: null } }),
  },
});
