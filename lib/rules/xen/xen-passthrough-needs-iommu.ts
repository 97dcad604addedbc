import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { hostDevicesOf } from "../pci/host-devices";

/** Xen hands a device to a guest only where the hardware confines it to that guest's memory. */
export const xenPassthroughNeedsIommu = defineRule({
  code: "VIRT-XEN-015",
  slug: "xen-passthrough-needs-iommu",
  severity: "error",
  stage: "start",
  title: "PCI passthrough to a Xen guest needs a host with directed I/O",
  why: "Without an active IOMMU the tool stack refuses any guest with a PCI device of the host, PV guests included, and any guest with passthrough switched on.",
  fix: "Enable VT-d or AMD-Vi in the firmware, boot Xen with iommu=1, and capture the facts again.",
  sources: [
    "Xen libxl_create.c libxl__domain_config_setdefault: passthrough not supported on this platform, unless physinfo has cap_hvm_directio",
    "Xen SUPPORT.md, PCI passthrough",
    "tried: Xen 4.17 without IOMMU: virt_caps has no hvm_directio, and libvirt's capabilities say iommu support=no; a device is refused at start (passthrough not supported on this platform); with an emulated AMD IOMMU an HVM guest starts with the device",
  ],
  needs: ["guest", "host facts"],
  on: xenGuests,
  check: (guest, plan): Outcome => {
    const { host, label, domain } = guest;
    const devices = hostDevicesOf(plan, guest);
    const pci = devices.find(({ kind }) => kind === "pci");
    const state = domain.features?.xen?.passthrough?.state;
    const asks =
      pci ?? (state === "on" ? { at: "features.xen.passthrough", label: "passthrough" } : undefined);
    if (asks === undefined) {
      return isLate(state) || devices.some(({ kind }) => kind === "unknown")
        ? undetermined("the host devices of a guest are known only at apply")
        : notApplicable;
    }
    const directed = hasDirectedIo(host);
    if (directed === undefined) return needsFacts(host);
    if (directed) return pass;
    const others = plan.hosts.filter((each) => each.hypervisor === "xen" && hasDirectedIo(each));
    const elsewhere = others.map((each) => each.label).join(" or ");
    const virtCaps = host.facts?.data.xen?.virtCaps.join(" ");
    return fail({
      at: asks.at,
      message: `"${label}" is given ${asks.label}, but "${host.label}" has no directed I/O${virtCaps ? ` (virt_caps: ${virtCaps})` : ""}: its IOMMU is absent or off.`,
      fix: `enable VT-d or AMD-Vi in the firmware of ${host.label}, boot its Xen with iommu=1 and capture its facts again, or place "${label}" on ${elsewhere || "a host that has it"}`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHost("xen1", { facts: without }).xenHvm({ devices: { hostdevs: [pciDevice] } }),
    good: (plan) => plan.xenHost("xen1").xenHvm({ devices: { hostdevs: [pciDevice] } }),
  },
});

const without = { iommu: false, xen: { capabilities: [], virtCaps: ["pv", "hvm", "hap"] } };
const pciDevice = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};

/** The hypervisor's own word, else libvirt's. */
function hasDirectedIo({ facts }: PlanHost): boolean | undefined {
  return facts?.data.xen?.virtCaps.includes("hvm_directio") ?? facts?.data.iommu;
}
