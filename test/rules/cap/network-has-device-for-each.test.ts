import { networkHasDeviceForEach } from "../../../lib/rules/cap/network-has-device-for-each";
import { RuleTester } from "../../../lib/testing";

const on = (name: string, network = "vf", times = 1, more: Record<string, unknown> = {}) => ({
  name,
  devices: { interfaces: Array(times).fill({ source: { network: { network } } }) },
  ...more,
});
const hostdev = (forward: Record<string, unknown>) => ({
  forward: { mode: "hostdev", ...forward },
  ips: null,
});
const addresses = [{ pci: { bus: 1, slot: 16 } }, { pci: { bus: 1, slot: 17 } }];
const nodeDevices = [
  { name: "pci_0000_01_00_0", virtualFunctions: ["0000:01:10.0", "0000:01:10.1"] },
  { name: "net_eth4_aa_bb_cc_00_11_22", parent: "pci_0000_01_00_0", kind: "net" as const },
];

RuleTester.run(networkHasDeviceForEach, {
  fails: {
    "more interfaces than listed devices": {
      plan: (t) =>
        t
          .network("vf", hostdev({ addresses }))
          .kvm(on("a", "vf", 2))
          .kvm(on("b")),
      message: 'Network "vf" has 2 devices, and 3 interfaces of a, b take one each.',
      fix: "add 1 to the network, or take as many interfaces off it",
      places: ["vf", "a", "b"],
      at: "forward",
    },
    "mode passthrough": {
      plan: (t) =>
        t
          .network("vf", { forward: { mode: "passthrough", interfaces: [{ dev: "eth1" }] }, ips: null })
          .kvm(on("a", "${libvirt_network.vf.name}", 2)),
      message: "has 1 device, and 2 interfaces of a",
    },
    "one device by name": (t) =>
      t.network("vf", { forward: { mode: "passthrough", dev: "eth1" }, ips: null }).kvm(on("a", "vf", 2)),
    "the virtual functions of a device": (t) =>
      t
        .kvmHost("h", { facts: { nodeDevices } })
        .network("vf", hostdev({ pfs: [{ dev: "eth4" }] }))
        .kvm(on("a", "vf", 3)),
    instances: (t) => t.network("vf", hostdev({ addresses })).kvm(on("a", "vf", 1, { count: 3 })),
  },
  passes: {
    "a device for each": (t) => t.network("vf", hostdev({ addresses })).kvm(on("a", "vf", 2)),
    "virtual functions for each": (t) =>
      t
        .kvmHost("h", { facts: { nodeDevices } })
        .network("vf", hostdev({ pfs: [{ dev: "eth4" }] }))
        .kvm(on("a", "vf", 2)),
    "other modes": (t) => t.network("vf").kvm(on("a", "vf", 9)),
    "nobody on it": (t) => t.network("vf", hostdev({})),
    "a guest that is switched off": (t) =>
      t
        .network("vf", hostdev({ addresses }))
        .kvm(on("a", "vf", 2))
        .kvm(on("b", "vf", 2, { running: false })),
    "another network": (t) => t.network("vf", hostdev({ addresses })).kvm(on("a", "other", 3)),
  },
  undetermined: {
    "a late mode": (t) => t.network("vf", { forward: { mode: "${var.mode}" } }).kvm(on("a")),
    "late devices": (t) => t.network("vf", hostdev({ addresses: "${var.devices}" })).kvm(on("a")),
    "virtual functions that nobody has counted": {
      plan: (t) => t.network("vf", hostdev({ pfs: [{ dev: "eth9" }] })).kvm(on("a")),
      reason: 'how many devices network "vf" has is not known',
    },
    "a late number of instances": (t) =>
      t.network("vf", hostdev({ addresses })).kvm(on("a", "vf", 1, { count: "${var.n}" })),
  },
});
