import { hostInterfaceExists } from "../../../lib/rules/net/host-interface-exists";
import { RuleTester } from "../../../lib/testing";
import { withNics } from "./nic";

const facts = { interfaces: [{ name: "eth0" }, { name: "br0" }] };
const bridge = (name: string) => withNics({ source: { bridge: { bridge: name } } });
const macvtap = (dev: string) => withNics({ source: { direct: { dev, mode: "bridge" } } });

RuleTester.run(hostInterfaceExists, {
  fails: {
    "a bridge that is not there": {
      plan: (t) => t.kvmHost("kvm1", { facts }).kvm(bridge("br7")),
      message: 'The interface 1 of "web" is on bridge br7, which "kvm1" does not have (there: eth0, br0).',
      fix: "did you mean br0? Else make br7 on kvm1 and capture its facts again",
      at: "devices.interfaces[0].source.bridge.bridge",
    },
    "macvtap over a device that is not there": {
      plan: (t) => t.kvmHost("kvm1", { facts }).kvm(macvtap("wlan7")),
      message: "is on device wlan7",
      fix: "make wlan7 on kvm1",
      at: "devices.interfaces[0].source.direct.dev",
    },
    "a Xen guest": (t) => t.xenHost("xen1", { facts }).xenPv(bridge("xenbr9")),
  },
  passes: {
    "a bridge of the host": (t) => t.kvmHost("kvm1", { facts }).kvm(bridge("br0")),
    "a device of the host": (t) => t.kvmHost("kvm1", { facts }).kvm(macvtap("eth0")),
    "the bridge of a network of the host": (t) => t.kvmHost("kvm1", { facts }).kvm(bridge("virbr0")),
    "the bridge of a network of the plan": (t) =>
      t
        .kvmHost("kvm1", { facts: null })
        .network("lan", { bridge: { name: "lan0" } })
        .kvm(bridge("lan0")),
    "a bridge of a driver domain": (t) =>
      t
        .xenHost("xen1", { facts })
        .xenPv(withNics({ source: { bridge: { bridge: "xenbr9" } }, backend_domain: { name: "net" } })),
    "a network, which is another rule's": (t) => t.kvmHost("kvm1", { facts }).kvm(),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm(bridge("br0")),
      reason: 'needs facts of "kvm1"',
    },
    "a name that is late": (t) => t.kvmHost("kvm1", { facts }).kvm(bridge("${var.bridge}")),
    "the bridge that a network in mode bridge names, which is the host's": (t) =>
      t
        .kvmHost("kvm1", { facts: null })
        .network("lan", { forward: { mode: "bridge" }, bridge: { name: "br9" }, ips: null })
        .kvm(bridge("br9")),
  },
});
