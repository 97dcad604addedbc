import { interfaceNeedsSource } from "../../../lib/rules/net/interface-needs-source";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

RuleTester.run(interfaceNeedsSource, {
  fails: {
    "an interface without source": {
      plan: (t) => t.kvm(withNics({ source: NETWORK }, {})),
      message: 'The interface 2 of "web" has no source, so that libvirt gives it user networking.',
      fix: "set source.network.network or source.bridge.bridge",
      at: "devices.interfaces[1].source",
    },
    "an empty source": (t) => t.kvm(withNics({ source: {} })),
    "a network without its name": {
      plan: (t) => t.kvm(withNics({ source: { network: { port_group: "a" } } })),
      message: "has a source of kind network without its network",
      fix: "set source.network.network",
      at: "devices.interfaces[0].source.network.network",
    },
    "macvtap without its device": {
      plan: (t) => t.kvm(withNics({ source: { direct: { mode: "bridge" } } })),
      at: "devices.interfaces[0].source.direct.dev",
    },
    "a socket without its port": {
      plan: (t) => t.kvm(withNics({ source: { client: { address: "192.0.2.1" } } })),
      at: "devices.interfaces[0].source.client.port",
    },
    "a UDP tunnel without its local end": {
      plan: (t) => t.kvm(withNics({ source: { udp: { address: "192.0.2.1", port: 4000 } } })),
      at: "devices.interfaces[0].source.udp.local",
    },
    "a Xen guest": (t) => t.xenPv(withNics({})),
  },
  passes: {
    "a network": (t) => t.kvm(withNics({ source: NETWORK })),
    "user networking that is meant": (t) => t.kvm(withNics({ source: { user: {} } })),
    "an Ethernet device, which needs no name": (t) => t.kvm(withNics({ source: { ethernet: {} } })),
    "a source that is late": (t) => t.kvm(withNics({ source: "${var.source}" })),
    "a name that is late": (t) => t.kvm(withNics({ source: { bridge: { bridge: "${var.bridge}" } } })),
    "a guest that a construct could not make": (t) =>
      t.kvm({ ...withNics({}), propIssues: [{ path: "nics[0]", message: "x", fix: "y" }] as never }),
  },
});
