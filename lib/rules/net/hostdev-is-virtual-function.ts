import { isLate } from "../../plan/late";
import { pciAddress } from "../../plan/pci-address";
import { defineRule, fail, guests, having, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { nicLabel } from "./interface-source";

/** libvirt sets the MAC address of a passed-through interface at its physical function, so that there must be one. */
export const hostdevIsVirtualFunction = defineRule({
  code: "VIRT-NET-017",
  slug: "hostdev-is-virtual-function",
  severity: "error",
  stage: "start",
  title: "An interface that is a device of the host must be an SR-IOV virtual function",
  why: "For an interface with source hostdev libvirt sets MAC address and VLAN through the physical function. A device that is no virtual function has none, and the guest does not start.",
  fix: "Name a virtual function, or pass the whole device through as a host device (devices.hostdevs).",
  sources: [
    "libvirt virhostdev.c virHostdevIsVirtualFunction: Interface type hostdev is currently supported on SR-IOV Virtual Functions only",
  ],
  needs: ["guest", "host facts"],
  on: having(guests, "devices.interfaces[].source.hostdev"),
  *check(guest) {
    for (const [index, { source }] of guest.interfaces.entries()) {
      const address = source?.hostdev?.pci?.address;
      if (address === undefined) {
        yield notApplicable;
        continue;
      }
      const { domain, bus, slot, function: fn } = address;
      if (isLate(address) || [domain, bus, slot, fn].some(isLate)) {
        yield undetermined("the address of a host device is known only at apply");
        continue;
      }
      const devices = guest.host.facts?.data.nodeDevices;
      if (devices === undefined) {
        yield needsFacts(guest.host);
        continue;
      }
      const wanted = pciAddress(address);
      const device = devices.find((each) => each.pciAddress === wanted);
      if (device === undefined || device.physicalFunction !== undefined) {
        yield pass;
        continue;
      }
      const functions = device.virtualFunctions ?? [];
      yield fail({
        at: `devices.interfaces[${index}].source.hostdev`,
        message: `The ${nicLabel(index)} of "${guest.label}" is PCI device ${wanted} of "${guest.host.label}", which is no virtual function.`,
        fix:
          functions.length > 0
            ? `use one of its virtual functions: ${functions.join(", ")}`
            : "use a virtual function, or pass the whole device through (devices.hostdevs)",
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", { facts: SRIOV }).kvm({ devices: { interfaces: [hostdev(0)] } }),
    good: (plan) => plan.kvmHost("kvm1", { facts: SRIOV }).kvm({ devices: { interfaces: [hostdev(2)] } }),
  },
});

const SRIOV = {
  nodeDevices: [
    { name: "pci_0000_03_00_0", pciAddress: "0000:03:00.0", virtualFunctions: ["0000:03:00.2"] },
    { name: "pci_0000_03_00_2", pciAddress: "0000:03:00.2", physicalFunction: "0000:03:00.0" },
  ],
};

function hostdev(fn: number): Record<string, unknown> {
  return { source: { hostdev: { pci: { address: { domain: 0, bus: 3, slot: 0, function: fn } } } } };
}
