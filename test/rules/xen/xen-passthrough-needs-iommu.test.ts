import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { xenPassthroughNeedsIommu } from "../../../lib/rules/xen/xen-passthrough-needs-iommu";
import { RuleTester } from "../../../lib/testing";

const captured = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/xen-hvm"));
const pci = { devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 3 } } } }] } };
const usb = {
  devices: { hostdevs: [{ subsys_usb: { source: { vendor: { id: "0x1" }, product: { id: "0x2" } } } }] },
};
const passthrough = (state: string) => ({ features: { xen: { passthrough: { state } } } });

RuleTester.run(xenPassthroughNeedsIommu, {
  fails: {
    "the captured host": {
      plan: (t) => t.xenHost("xen1", { facts: captured }).xenHvm({ name: "a", ...pci }),
      severity: "error",
      message:
        '"a" is given PCI device 0000:03:00.0, but "xen1" has no directed I/O (virt_caps: pv hvm hap gnttab-v1 gnttab-v2): its IOMMU is absent or off.',
      fix: /or place "a" on a host that has it$/,
      at: "devices.hostdevs[0]",
      places: ["a"],
    },
    "PV guests too, and passthrough that is switched on": {
      plan: (t) => t.xenHost("xen1", { facts: captured }).xenPv(pci).xenHvm(passthrough("on")),
      count: 2,
      message: "is given passthrough",
    },
    "libvirt's word alone, and a host that can": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: { iommu: false, xen: undefined } })
          .xenHost("xen2")
          .xenHvm({ host: "xen1", name: "a", ...pci }),
      message: 'but "xen1" has no directed I/O: its IOMMU',
      fix: /place "a" on xen2$/,
    },
  },
  passes: {
    "a host with directed I/O": (t) => t.xenHvm(pci).xenPv(pci).xenHvm(passthrough("on")),
    "no PCI device": (t) =>
      t.xenHost("xen1", { facts: captured }).xenHvm().xenHvm(usb).xenHvm(passthrough("off")),
    "a KVM guest, of which another rule speaks": (t) =>
      t.kvmHost("kvm1", { facts: { iommu: false } }).kvm(pci),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenHvm(pci),
      reason: 'needs facts of "xen1"',
    },
    "late devices": {
      plan: (t) => t.xenHvm({ devices: { hostdevs: "${var.devices}" } }),
      reason: "the host devices of a guest are known only at apply",
    },
    "late passthrough": (t) => t.xenHvm(passthrough("${var.state}")),
  },
});
