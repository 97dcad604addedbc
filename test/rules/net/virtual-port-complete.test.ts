import { virtualPortComplete } from "../../../lib/rules/net/virtual-port-complete";
import { RuleTester } from "../../../lib/testing";

const ID = "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f";
const nic = (params: unknown, source: unknown = { bridge: { bridge: "br0" } }, more: object = {}) => ({
  name: "web",
  devices: { interfaces: [{ source, virtual_port: { params }, ...more }] },
});
const network = { network: { network: "default" } };

RuleTester.run(virtualPortComplete, {
  fails: {
    "user networking": {
      plan: (t) => t.kvm(nic({ open_v_switch: {} }, { user: {} })),
      message: 'Interface 1 of "web" has a virtual port on a source of kind user, which has none',
      at: "devices.interfaces[0].virtualPort",
    },
    "no source": { plan: (t) => t.kvm(nic({ open_v_switch: {} }, null)), message: "on no source" },
    "no switch, of a network": {
      plan: (t) => t.network("lan", { virtual_port: { params: { any: { profile_id: "web" } } } }),
      message: 'Network "lan" has a virtual port that does not say of which switch it is.',
      fix: "set params.openVSwitch, or params.midoNet, or params.vepa8021Qbg, or params.vnTag8011Qbh",
      at: "virtualPort.params",
    },
    "no switch, on a bridge": (t) => t.kvm(nic({ any: {} })),
    "no parameters": (t) => t.network("lan", { virtual_port: {} }),
    "MidoNet without a port": {
      plan: (t) => t.kvm(nic({ mido_net: { interface_id: "" } })),
      message: "of kind midoNet without interfaceId",
      at: "devices.interfaces[0].virtualPort.params.midoNet.interfaceId",
    },
    "802.1Qbg without its numbers": {
      plan: (t) => t.kvm(nic({ vepa8021qbg: { manager_id: 11 } }, { direct: { dev: "eth0" } })),
      count: 2,
      message: "without typeIdVersion",
    },
    "an isolated port": {
      plan: (t) => t.kvm(nic({ open_v_switch: {} }, network, { port_options: { isolated: "yes" } })),
      message: "is to be an isolated port, of a Linux bridge, and a virtual port of kind openVSwitch",
      at: "devices.interfaces[0].portOptions.isolated",
    },
  },
  passes: {
    "switches on a bridge": (t) =>
      t
        .kvm(nic({ open_v_switch: {} }))
        .kvm({ ...nic({ mido_net: { interface_id: ID } }), name: "b" })
        .kvm({
          ...nic({ vn_tag8011qbh: { profile_id: "finance" } }, { direct: { dev: "eth0" } }),
          name: "c",
        }),
    "parts that a network completes": (t) => t.kvm(nic({ any: {} }, network)),
    "numbers that are 0": (t) =>
      t.kvm(
        nic({ vepa8021qbg: { manager_id: 0, type_id: 0, type_id_version: 0 } }, { direct: { dev: "eth0" } }),
      ),
    "a port group": (t) =>
      t.network("lan", { port_groups: [{ name: "a", virtual_port: { params: { any: {} } } }] }),
    "a port that is not isolated": (t) =>
      t.kvm(nic({ open_v_switch: {} }, network, { port_options: { isolated: "no" } })),
  },
  undetermined: {
    "a late source": (t) => t.kvm(nic({ any: {} }, "${var.source}")),
    "late parameters": {
      plan: (t) => t.network("lan", { virtual_port: { params: "${var.params}" } }),
      reason: "a virtual port or what it is for is known only at apply",
    },
  },
});
