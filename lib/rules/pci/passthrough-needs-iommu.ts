import type { PlanGuest } from "../../plan/guest";
import type { Plan } from "../../plan/plan";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { hostDevicesOf, withHostDevices } from "./host-devices";

/** Without an IOMMU a device would read and write the memory of the host wherever it likes. */
export const passthroughNeedsIommu = defineRule({
  code: "VIRT-PCI-001",
  slug: "passthrough-needs-iommu",
  severity: "error",
  stage: "start",
  title: "PCI passthrough needs a host with an active IOMMU and VFIO",
  why: "The IOMMU confines a passed-through device to the memory of its guest, and VFIO hands it over. libvirt refuses to start a guest with a PCI device where either is missing.",
  fix: "Enable VT-d or AMD-Vi in the firmware and, on Intel, the kernel parameter intel_iommu=on; load vfio-pci; capture the facts again.",
  sources: [
    "libvirt qemu_hostdev.c qemuHostdevPreparePCIDevicesCheckSupport, qemuHostdevHostSupportsPassthroughVFIO: IOMMU groups exist, and /dev/vfio/vfio",
    "libvirt qemu_hostdev.c qemuHostdevPrepareMediatedDevices: a mediated device is isolated by its parent and needs no IOMMU of the host, so it is not checked here",
    "libvirt qemu_capabilities.c virQEMUCapsFillDomainDeviceHostdevCaps: domain capabilities list backend vfio exactly when both are there",
    "tried: libvirt 9.0.0 on a host whose capabilities say iommu support no defines a guest with a PCI device and refuses to start it: host doesn't support passthrough of host PCI devices",
  ],
  needs: ["guest", "host facts"],
  on: withHostDevices(qemuGuests),
  check: (guest, plan) => {
    const devices = hostDevicesOf(plan, guest);
    const pci = devices.filter(({ kind }) => kind === "pci");
    if (pci.length === 0) {
      return devices.some(({ kind }) => kind === "unknown")
        ? undetermined("the host devices of a guest are known only at apply")
        : notApplicable;
    }
    const { host, label } = guest;
    const missing = missingOn(guest);
    if (missing === undefined) return needsFacts(host);
    if (missing === "nothing") return pass;
    const others = hostsWithIommu(plan, guest);
    const elsewhere =
      others.length > 0 ? `place "${label}" on ${others.join(" or ")}` : "use a host that has one";
    return fail({
      at: pci[0]!.at,
      message:
        missing === "iommu"
          ? `"${label}" is given ${pci.map((each) => each.label).join(", ")}, but "${host.label}" has no active IOMMU.`
          : `"${label}" is given ${pci.map((each) => each.label).join(", ")}, but "${host.label}" offers no VFIO: its domain capabilities do not list PCI backend vfio.`,
      fix:
        missing === "iommu"
          ? `enable VT-d or AMD-Vi in the firmware of ${host.label} and intel_iommu=on in its kernel parameters and capture its facts again, or ${elsewhere}`
          : `load the module vfio-pci on ${host.label} and capture its facts again`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", { facts: { iommu: false } }).kvm({
        name: "gpu1",
        devices: { hostdevs: [{ managed: true, subsys_pci: { source: { address: { bus: 0x65 } } } }] },
      }),
    good: (plan) =>
      plan.kvmHost("kvm1", { facts: { iommu: true } }).kvm({
        name: "gpu1",
        devices: { hostdevs: [{ managed: true, subsys_pci: { source: { address: { bus: 0x65 } } } }] },
      }),
  },
});

function missingOn({ host, arch }: PlanGuest): "nothing" | "iommu" | "vfio" | undefined {
  const { iommu, domainCapabilities } = host.facts?.data ?? {};
  if (iommu === false) return "iommu";
  const backends = domainCapabilities
    ?.filter((capabilities) => capabilities.arch === arch)
    .map(({ devices }) => devices.hostdev?.enums.pciBackend)
    .filter((backend) => backend !== undefined);
  if (backends?.length) return backends.some((backend) => backend.includes("vfio")) ? "nothing" : "vfio";
  return iommu ? "nothing" : undefined;
}

function hostsWithIommu(plan: Plan, guest: PlanGuest): string[] {
  return plan.hosts
    .filter((host) => host.hypervisor === guest.host.hypervisor && host.facts?.data.iommu === true)
    .map((host) => host.label);
}
