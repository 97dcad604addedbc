import { forwardDevicesFit } from "../../../lib/rules/nwk/forward-devices-fit";
import { RuleTester } from "../../../lib/testing";

const lan = (mode: string, forward: object) => ({
  forward: { mode, ...forward },
  ...(mode === "nat" ? {} : { ips: null }),
});
const PCI = { addresses: [{ pci: { domain: 0, bus: 3, slot: 0, function: 1 } }] };

RuleTester.run(forwardDevicesFit, {
  fails: {
    "two cards": {
      plan: (t) => t.network("lan", lan("passthrough", { pfs: [{ dev: "eth0" }, { dev: "eth1" }] })),
      message: 'Network "lan" lists 2 cards in pfs, of which one is possible.',
      at: "forward.pfs",
    },
    "a device beside a card": {
      plan: (t) => t.network("lan", lan("passthrough", { dev: "eth0", pfs: [{ dev: "eth0" }] })),
      message: "leads to eth0 and lists pfs",
      at: "forward.dev",
    },
    "a device beside addresses": (t) => t.network("lan", lan("hostdev", { dev: "eth0", ...PCI })),
    "an interface twice": {
      plan: (t) => t.network("lan", lan("private", { interfaces: [{ dev: "eth0" }, { dev: "eth0" }] })),
      message: "lists interface eth0 twice",
    },
    "an interface without name": {
      plan: (t) => t.network("lan", lan("private", { interfaces: [{ dev: "eth0" }, {}] })),
      at: "forward.interfaces[1].dev",
    },
    "a device and another first interface": {
      plan: (t) => t.network("lan", lan("private", { dev: "eth1", interfaces: [{ dev: "eth0" }] })),
      message: "leads to eth1, and the first of its interfaces is eth0",
    },
    "two ways out": {
      plan: (t) => t.network("lan", lan("nat", { interfaces: [{ dev: "eth0" }, { dev: "eth1" }] })),
      message: "leads packets to eth0 and eth1; in mode nat they leave by one device",
    },
    "PCI devices outside mode hostdev": {
      plan: (t) => t.network("lan", lan("bridge", PCI)),
      message: "is of mode bridge and lists PCI device 0000:03:00.1",
      at: "forward.addresses",
    },
    "a PCI device twice": {
      plan: (t) => t.network("lan", lan("hostdev", { addresses: [...PCI.addresses, ...PCI.addresses] })),
      message: "lists PCI device 0000:03:00.1 twice",
    },
    "interfaces in mode hostdev": {
      plan: (t) => t.network("lan", lan("hostdev", { interfaces: [{ dev: "eth0" }] })),
      message: "is of mode hostdev and lists eth0 by name",
      at: "forward.interfaces",
    },
    "a device in mode hostdev": {
      plan: (t) => t.network("lan", lan("hostdev", { dev: "eth0" })),
      at: "forward.dev",
    },
  },
  passes: {
    "devices of a mode": (t) =>
      t
        .network("a", lan("nat", { dev: "eth0" }))
        .network("b", lan("private", { dev: "eth0", interfaces: [{ dev: "eth0" }, { dev: "eth1" }] }))
        .network("c", lan("hostdev", PCI))
        .network("d", lan("hostdev", { pfs: [{ dev: "eth0" }] })),
    "addresses that libvirt does not read beside interfaces": (t) =>
      t.network("lan", lan("bridge", { interfaces: [{ dev: "eth0" }], ...PCI })),
    "no devices": (t) => t.network("a").network("b", { forward: null }),
  },
  undetermined: {
    "a late device": {
      plan: (t) => t.network("lan", lan("nat", { dev: "${var.dev}" })),
      reason: "the devices of a network are known only at apply",
    },
  },
});
