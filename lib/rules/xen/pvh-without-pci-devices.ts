import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** A PVH guest has no PCI bus that Xen could put a device of the host on. */
export const pvhWithoutPciDevices = defineRule({
  code: "VIRT-XEN-007",
  slug: "pvh-without-pci-devices",
  severity: "error",
  stage: "start",
  title: "A Xen PVH guest takes no PCI device of the host",
  why: "Xen passes PCI devices through to HVM and PV guests only. For PVH on x86 the tool stack refuses it, and passthrough that is switched on without a device as well.",
  fix: "Use XenHvmGuest or XenPvGuest for a guest with PCI devices of the host, and leave features.xen.passthrough out.",
  sources: [
    "libxl_x86.c libxl__arch_passthrough_mode_setdefault: passthrough not yet supported for x86 PVH guests (Xen 4.17, 4.20 and later sources)",
    "libvirt libxl_capabilities.c: no host devices for xenpvh",
    "tried: Xen 4.17 with an emulated AMD IOMMU: refused in these words, with a device, and with passthrough on and none",
  ],
  needs: ["guest"],
  acknowledgeable: false,
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const pvh = isKind(guest, "xen-pvh");
    if (pvh === false) return;
    for (const { device, at, what = "a PCI device of the host" } of passedThrough(guest)) {
      if (pvh === undefined) yield lateKind;
      else if (isLate(device)) yield undetermined("the guest's host devices are known only at apply");
      else {
        yield fail({
          at,
          message: `PVH guest "${guest.label}" is given ${what}: Xen passes none through to PVH guests.`,
          fix: `use XenHvmGuest or XenPvGuest for "${guest.label}", or remove ${at}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPvh({ devices: { hostdevs: [pciDevice] } }),
    good: (plan) => plan.xenHvm({ devices: { hostdevs: [pciDevice] } }),
  },
});

const pciDevice = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};

/** PCI devices of the host, also those that come as a network interface, and what is switched on for such. */
function* passedThrough(guest: PlanGuest): Generator<{ device: unknown; at: string; what?: string }> {
  for (const [index, device] of (guest.domain.devices?.hostdevs ?? []).entries()) {
    if (device.subsysPci !== undefined) yield { device, at: `devices.hostdevs[${index}]` };
  }
  for (const [index, nic] of guest.interfaces.entries()) {
    if (nic.source?.hostdev?.pci !== undefined) yield { device: nic, at: `devices.interfaces[${index}]` };
  }
  const state = guest.domain.features?.xen?.passthrough?.state;
  if (state === "on" || isLate(state)) {
    yield { device: state, at: "features.xen.passthrough", what: "passthrough" };
  }
}
