import { interfaceSettingsFitSource } from "../../../lib/rules/net/interface-settings-fit-source";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

const DIRECT = { direct: { dev: "eth0", mode: "bridge" } };

RuleTester.run(interfaceSettingsFitSource, {
  fails: {
    "an MTU on macvtap": {
      plan: (t) => t.kvm(withNics({ source: NETWORK }, { source: DIRECT, mtu: { size: 1400 } })),
      message:
        'The interface 2 of "web" has an MTU, which a source of kind direct does not take (network, bridge, ethernet, vhostUser do).',
      fix: "remove mtu, or connect the interface otherwise",
      at: "devices.interfaces[1].mtu",
    },
    "an MTU on user networking": (t) => t.kvm(withNics({ source: { user: {} }, mtu: { size: 1400 } })),
    "coalesce settings on an Ethernet device": (t) =>
      t.kvm(withNics({ source: { ethernet: {} }, coalesce: { rx: { frames: { max: 7 } } } })),
    "an address in the guest on a network": {
      plan: (t) => t.kvm(withNics({ source: NETWORK, ip: [{ address: "192.0.2.4", prefix: 24 }] })),
      message: "(user, vdpa do)",
      at: "devices.interfaces[0].ip",
    },
    "a route on user networking": {
      plan: (t) =>
        t.kvm(withNics({ source: { user: {} }, route: [{ address: "192.0.2.0", gateway: "192.0.2.1" }] })),
      message: "(vdpa does)",
    },
    "an isolated port on macvtap": (t) =>
      t.kvm(withNics({ source: DIRECT, port_options: { isolated: "yes" } })),
    "two at once": {
      plan: (t) =>
        t.kvm(withNics({ source: DIRECT, mtu: { size: 1400 }, coalesce: { rx: { frames: { max: 7 } } } })),
      count: 2,
    },
  },
  passes: {
    "coalesce settings of nothing on macvtap, and a port that is not isolated": (t) =>
      t.kvm(withNics({ source: DIRECT, coalesce: { rx: {} }, port_options: { isolated: "no" } })),
    "an MTU, coalesce settings and isolation on a network": (t) =>
      t.kvm(
        withNics({
          source: NETWORK,
          mtu: { size: 1400 },
          coalesce: { rx: { frames: { max: 7 } } },
          port_options: { isolated: "yes" },
        }),
      ),
    "an MTU by passt": (t) =>
      t.kvm(withNics({ source: { user: {} }, backend: { type: "passt" }, mtu: { size: 1400 } })),
    "an address for user networking": (t) =>
      t.kvm(withNics({ source: { user: {} }, ip: [{ address: "192.0.2.4", prefix: 24 }] })),
    "no such settings on a source that is late": (t) => t.kvm(withNics({ source: "${var.source}" })),
    "a Xen guest": (t) => t.xenPv(withNics({ source: DIRECT, mtu: { size: 1400 } })),
  },
  undetermined: {
    "a source that is late": {
      plan: (t) => t.kvm(withNics({ source: "${var.source}", mtu: { size: 1400 } })),
      reason: "what an interface is connected to is known only at apply",
    },
  },
});
