import { passthroughModeFits } from "../../../lib/rules/xen/passthrough-mode-fits";
import { RuleTester } from "../../../lib/testing";

const pci = { devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 3 } } } }] } };
const usb = { devices: { hostdevs: [{ subsys_usb: { source: { address: { bus: 1, device: 2 } } } }] } };
const feature = (passthrough: unknown, features: object = {}) => ({
  features: { xen: { passthrough }, ...features },
});
const OFF = feature({ state: "off" });
const SHARED = { state: "on", mode: "share_pt" };
const host = (...virtCaps: string[]) => ({ facts: { xen: { capabilities: [], virtCaps } } });

RuleTester.run(passthroughModeFits, {
  fails: {
    "a device beside passthrough that is off": {
      plan: (t) => t.xenPv({ name: "a", ...OFF, ...pci }),
      severity: "error",
      message: '"a" is given PCI device 0000:03:00.0, and switches passthrough off.',
      fix: "remove features.xen.passthrough, or devices.hostdevs[0]",
      at: "features.xen.passthrough.state",
      places: ["a"],
    },
    "an HVM guest's": (t) => t.xenHvm({ ...OFF, ...pci }),
    "page tables of a PV guest": {
      plan: (t) => t.xenPv({ name: "a", ...feature(SHARED) }),
      message: 'PV guest "a" shares its page tables with the IOMMU (share_pt): a PV guest has none',
      fix: 'set it to "sync_pt"',
      at: "features.xen.passthrough.mode",
    },
    "page tables without HAP": {
      plan: (t) => t.xenHvm(feature(SHARED, { hap: { state: "off" } })),
      message: "features.hap is off",
    },
    "page tables that the IOMMU cannot read": {
      plan: (t) => t.xenHost("xen1", host("hvm", "hap", "hvm_directio")).xenHvm(feature(SHARED)),
      message: 'the IOMMU of "xen1" cannot (virt_caps: hvm hap hvm_directio)',
    },
  },
  passes: {
    "page tables that it can": (t) =>
      t.xenHost("xen1", host("hvm", "hap", "hvm_directio", "iommu_hap_pt_share")).xenHvm(feature(SHARED)),
    "no device": (t) => t.xenPv(OFF),
    "a device that is no PCI device": (t) => t.xenPv({ ...OFF, ...usb }),
    "passthrough that is on": (t) => t.xenPv({ ...feature({ state: "on", mode: "sync_pt" }), ...pci }),
    "passthrough as Xen has it": (t) => t.xenPv(pci),
    "a mode of nothing": (t) => t.xenPv(feature({ mode: "share_pt" })),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenHvm(feature(SHARED)),
      reason: 'needs facts of "xen1"',
    },
    "a late feature": {
      plan: (t) => t.xenHvm(feature("${var.passthrough}")),
      reason: "whether passthrough is on is known only at apply",
    },
    "a late state": (t) => t.xenHvm(feature({ state: "${var.state}" })),
    "a late mode": {
      plan: (t) => t.xenHvm(feature({ state: "on", mode: "${var.mode}" })),
      reason: "the mode of passthrough is known only at apply",
    },
    "late HAP": (t) => t.xenHvm(feature(SHARED, { hap: { state: "${var.hap}" } })),
    "late devices": {
      plan: (t) => t.xenHvm({ ...OFF, devices: { hostdevs: "${var.devices}" } }),
      reason: "the host devices of a guest are known only at apply",
    },
  },
});
