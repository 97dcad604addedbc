import { hostdevIsVirtualFunction } from "../../../lib/rules/net/hostdev-is-virtual-function";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

const facts = {
  nodeDevices: [
    { name: "pci_0000_03_00_0", pciAddress: "0000:03:00.0", virtualFunctions: ["0000:03:10.0"] },
    { name: "pci_0000_03_10_0", pciAddress: "0000:03:10.0", physicalFunction: "0000:03:00.0" },
    { name: "pci_0000_04_00_0", pciAddress: "0000:04:00.0" },
  ],
};
const nic = (address: object) => withNics({ source: { hostdev: { pci: { address } } } });

RuleTester.run(hostdevIsVirtualFunction, {
  fails: {
    "a physical function": {
      plan: (t) => t.kvmHost("kvm1", { facts }).kvm(nic({ bus: 3 })),
      message: 'The interface 1 of "web" is PCI device 0000:03:00.0 of "kvm1", which is no virtual function.',
      fix: "use one of its virtual functions: 0000:03:10.0",
      at: "devices.interfaces[0].source.hostdev",
    },
    "a device without SR-IOV": {
      plan: (t) => t.kvmHost("kvm1", { facts }).kvm(nic({ domain: 0, bus: 4, slot: 0, function: 0 })),
      fix: "pass the whole device through (devices.hostdevs)",
    },
  },
  passes: {
    "a virtual function": (t) => t.kvmHost("kvm1", { facts }).kvm(nic({ bus: 3, slot: 0x10 })),
    "a device that is not there, which is another rule's": (t) =>
      t.kvmHost("kvm1", { facts }).kvm(nic({ bus: 9 })),
    "another interface": (t) => t.kvm(withNics({ source: NETWORK })),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(nic({ bus: 3 })),
    "an address that is late": (t) => t.kvmHost("kvm1", { facts }).kvm(nic({ bus: "${var.bus}" })),
  },
});
