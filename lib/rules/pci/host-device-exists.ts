import {
  defineRule,
  fail,
  guests,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";
import { hostDevicesOf, withHostDevices } from "./host-devices";

/** What is not there, or carries other devices, cannot be handed over. */
export const hostDeviceExists = defineRule({
  code: "VIRT-PCI-004",
  slug: "host-device-exists",
  severity: "error",
  stage: "start",
  title: "A passed-through PCI device must be a device of its host, and no bridge",
  why: "libvirt looks the address up when the guest starts. It refuses an address where nothing is, and bridges and ports, which carry other devices.",
  fix: "Use the address of a device that is there: virsh nodedev-list --cap pci, or lspci -D.",
  sources: [
    "libvirt virhostdev.c (Non-endpoint PCI devices cannot be assigned to guests), virpci.c virPCIDeviceNew",
  ],
  needs: ["guest", "host facts"],
  on: withHostDevices(guests),
  check: (guest, plan) => {
    const { host } = guest;
    const addressed = hostDevicesOf(plan, guest).filter(
      ({ kind, key, late }) => late || (kind === "pci" && key !== undefined),
    );
    if (addressed.length === 0) return notApplicable;
    const { facts } = host;
    if (facts?.data.nodeDevices === undefined) return needsFacts(host);
    return addressed.map(({ key, late, at }): Outcome => {
      if (late) return undetermined("a host device is known only at apply");
      const address = key!.slice("pci ".length);
      const device = facts.pciDevice(address);
      if (device === undefined) {
        return fail({
          at,
          message: `"${guest.label}" is given PCI device ${address}, but "${host.label}" has no device at that address.`,
          fix: `use an address that virsh nodedev-list --cap pci shows on ${host.label}, or capture its facts again`,
        });
      }
      if (!device.pciBridge) return pass;
      return fail({
        at,
        message: `"${guest.label}" is given PCI device ${address} of "${host.label}", which is a bridge or port.`,
        fix: "pass the device behind it",
      });
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", {
          facts: { nodeDevices: [{ name: "pci_0000_65_00_0", kind: "pci", pciAddress: "0000:65:00.0" }] },
        })
        .kvm({ devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x66 } } } }] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", {
          facts: { nodeDevices: [{ name: "pci_0000_65_00_0", kind: "pci", pciAddress: "0000:65:00.0" }] },
        })
        .kvm({ devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] } }),
  },
});
