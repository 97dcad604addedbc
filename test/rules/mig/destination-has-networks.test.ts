import { destinationHasNetworks } from "../../../lib/rules/mig/destination-has-networks";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: Record<string, unknown>) => ({
  name: "a",
  intent: { migratesTo: ["h2"] },
  devices: { disks: [], ...devices },
});
const nic = (source: unknown) => ({ interfaces: [{ source }] });
const lan = nic({ network: { network: "lan" } });
const br0 = nic({ bridge: { bridge: "br0" } });
const inPool = {
  interfaces: [],
  disks: [{ source: { volume: { pool: "vms", volume: "a.qcow2" } }, target: { dev: "vda" } }],
};

RuleTester.run(destinationHasNetworks, {
  fails: {
    "a network that only the source has": {
      plan: (t) => t.kvmHost("h1").kvmHost("h2").network("lan", {}, "h1").kvm(guest(lan)),
      message: '"a" must be able to move to "h2", which has no network "lan".',
      fix: 'make network "lan" on h2',
      places: ["a", "h2"],
      at: "devices.interfaces[0].source.network.network",
    },
    "a network that is not active": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2", { facts: { networks: [{ name: "lan", active: false }] } })
        .kvm(guest(lan)),
    "a bridge": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2", { facts: { interfaces: [] } })
          .kvm(guest(br0)),
      message: 'no bridge "br0"',
    },
    "a pool": { plan: (t) => t.kvmHost("h1").kvmHost("h2").kvm(guest(inPool)), message: 'no pool "vms"' },
  },
  passes: {
    "what the plan makes there": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2", { facts: null })
        .network("lan", { bridge: { name: "br0" } }, "h2")
        .pool("vms", {}, "h2")
        .kvm(guest(lan))
        .kvm(guest(br0))
        .kvm(guest(inPool)),
    "what the host has": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2", {
          facts: {
            networks: [{ name: "lan", active: true, bridge: "br0" }],
            pools: [{ name: "vms", active: true }],
          },
        })
        .kvm(guest(lan))
        .kvm(guest(br0))
        .kvm(guest(inPool)),
    "a bridge among the interfaces": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2", { facts: { interfaces: [{ name: "br0" }] } })
        .kvm(guest(br0)),
    "a guest that stays": (t) => t.kvm({ devices: lan }),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h1").kvmHost("h2", { facts: null }).kvm(guest(lan)),
    "hosts that nobody stated": (t) => t.kvm({ ...guest(lan), intent: { migratable: true } }),
    "a late network": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm(guest(nic({ network: { network: "${var.net}" } }))),
  },
});
