import { bandwidthComplete } from "../../../lib/rules/net/bandwidth-complete";
import { RuleTester } from "../../../lib/testing";

const nic = (bandwidth: unknown, source: unknown = { network: { network: "default" } }) => ({
  name: "web",
  devices: { interfaces: [{ source, bandwidth }] },
});

RuleTester.run(bandwidthComplete, {
  fails: {
    "no average": {
      plan: (t) => t.network("lan", { bandwidth: { inbound: { peak: 5000, burst: 10 } } }),
      message: 'Network "lan" limits inbound traffic without an average, by peak and burst alone.',
      fix: "set inbound.average",
      at: "bandwidth.inbound.average",
    },
    nothing: {
      plan: (t) => t.kvm(nic({ outbound: {} })),
      message: 'Interface 1 of "web" limits outbound traffic without an average.',
      at: "devices.interfaces[0].bandwidth.outbound.average",
    },
    "a peak beside a floor alone": (t) => t.kvm(nic({ inbound: { floor: 100, peak: 5000 } })),
    "a floor of what goes out": {
      plan: (t) => t.kvm(nic({ outbound: { average: 100, floor: 50 } })),
      at: "devices.interfaces[0].bandwidth.outbound.floor",
    },
    "a floor on a bridge": {
      plan: (t) => t.kvm(nic({ inbound: { floor: 50 } }, { bridge: { bridge: "br0" } })),
      message: "by a floor, which only an interface whose source is a network has",
    },
    "a floor of a network": (t) => t.network("lan", { bandwidth: { inbound: { average: 1, floor: 1 } } }),
    "a negative number": {
      plan: (t) => t.network("lan", { bandwidth: { inbound: { average: 100, burst: -1 } } }),
      message: "to a burst of -1",
    },
  },
  passes: {
    "average, peak and burst": (t) =>
      t.network("lan", {
        bandwidth: { inbound: { average: 0 }, outbound: { average: 1, peak: 2, burst: 3 } },
      }),
    "a floor on a network": (t) => t.kvm(nic({ inbound: { floor: 50 } })),
    "no floor on a bridge": (t) =>
      t.kvm(nic({ inbound: { average: 1, floor: 0 } }, { bridge: { bridge: "b" } })),
    "no limit": (t) => t.network("lan", { bandwidth: {} }),
  },
  undetermined: {
    "a late average": {
      plan: (t) => t.network("lan", { bandwidth: { inbound: { average: "${var.rate}", peak: 1 } } }),
      reason: "a bandwidth limit or what it is for is known only at apply",
    },
    "a late source": (t) => t.kvm(nic({ inbound: { floor: 50 } }, "${var.source}")),
  },
});
