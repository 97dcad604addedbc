import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { hostDevicesOf, withHostDevices } from "../pci/host-devices";

/** A device that is passed through reads and writes memory by itself, and its firmware stays when the guest goes. */
export const untrustedGuestHoldsDevice = defineRule({
  code: "VIRT-SEC-003",
  slug: "untrusted-guest-holds-device",
  severity: "warning",
  stage: "advice",
  title: "A guest that is not trusted should not hold PCI devices of the host",
  why: "The IOMMU keeps a passed-through device out of other memory, but not the guest from the device: it can rewrite the device's firmware, which the next guest or the host then meets, and faults of the hardware reach the host. Xen's security support leaves such attacks out. Whether a guest is trusted nothing but the guest's `trusted` prop can say.",
  fix: "Give the guest a virtio device, or a virtual function instead of a whole device.",
  sources: ["Xen SUPPORT.md, x86/PCI passthrough and the caveat on untrusted guests"],
  needs: ["guest"],
  on: withHostDevices(guests),
  *check(guest, plan) {
    const devices = hostDevicesOf(plan, guest).filter(({ kind }) => kind === "pci" || kind === "unknown");
    if (devices.length === 0 || guest.intent?.trusted === true) return yield notApplicable;
    if (guest.intent?.trusted === undefined) {
      return yield undetermined("whether a guest that holds PCI devices is trusted is not stated");
    }
    for (const { kind, label, at } of devices) {
      if (kind === "unknown") yield undetermined("the host devices of a guest are known only at apply");
      else {
        yield fail({
          at,
          message: `"${guest.label}" is not trusted, and is given ${label} with its firmware and direct access to memory.`,
          fix: "use a virtio device, or a virtual function whose firmware the guest cannot reach",
        });
      }
    }
    yield pass;
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        intent: { trusted: false },
        devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] },
      }),
    good: (plan) =>
      plan.kvm({
        intent: { trusted: true },
        devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] },
      }),
  },
});
