import { waitForIpCanEnd } from "../../../lib/rules/prv/wait-for-ip-can-end";
import { RuleTester } from "../../../lib/testing";

const BRIDGE = { bridge: { bridge: "br0" } };
const NETWORK = { network: { network: "default" } };
const agent = { channels: [{ target: { virt_io: { name: "org.qemu.guest_agent.0" } } }] };
const waiting = (source: unknown, from?: string, devices: object = {}) => ({
  name: "web",
  devices: { interfaces: [{ source, wait_for_ip: { source: from } }], channels: [], ...devices },
});

RuleTester.run(waitForIpCanEnd, {
  fails: {
    "a bridge without agent": {
      plan: (t) => t.kvm(waiting(BRIDGE)),
      message:
        '"web" waits for an address on a source of kind bridge, where libvirt sees no leases, and without a channel for the guest agent: it can only time out.',
      fix: "add the channel org.qemu.guest_agent.0",
      at: "devices.interfaces[0].waitForIp",
    },
    "a lease on macvtap, whatever the agent": (t) =>
      t.kvm(waiting({ direct: { dev: "eth0" } }, "lease", agent)),
    "an agent without channel": {
      plan: (t) => t.kvm(waiting(NETWORK, "agent")),
      message: "from a guest agent that has no channel",
    },
    "an unknown source": {
      plan: (t) => t.kvm(waiting(NETWORK, "arp")),
      fix: 'use "lease", "agent" or "any"',
      at: "devices.interfaces[0].waitForIp.source",
    },
  },
  passes: {
    "a network": (t) => t.kvm(waiting(NETWORK)),
    "a lease of a network": (t) => t.kvm(waiting(NETWORK, "lease")),
    "a bridge with an agent": (t) => t.kvm(waiting(BRIDGE, "any", agent)),
    "an agent": (t) => t.kvm(waiting(NETWORK, "agent", agent)),
    "no wait": (t) => t.kvm(),
  },
  undetermined: {
    "a source that is late": (t) => t.kvm(waiting("${var.source}")),
    "a way that is late": (t) => t.kvm(waiting(BRIDGE, "${var.from}")),
  },
});
