import { guestAgentChannel } from "../../../lib/rules/gos/guest-agent-channel";
import { RuleTester } from "../../../lib/testing";

const channel = (name: string) => ({ devices: { channels: [{ target: { virt_io: { name } } }] } });
const none = { devices: { channels: null } };

RuleTester.run(guestAgentChannel, {
  fails: {
    "no channel": {
      plan: (t) => t.kvm(none),
      message: 'This guest of "kvm1" has no channel for the guest agent',
      at: "devices.channels",
    },
    "several guests, said once": {
      plan: (t) =>
        t
          .kvm({ ...none, name: "a" })
          .tcg({ ...channel("com.redhat.spice.0"), name: "b" })
          .kvm(),
      message: 'These guests of "kvm1" have no channel',
      places: ["a", "b"],
    },
    "each host": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2")
          .kvm({ ...none, host: "h1" })
          .kvm({ ...none, host: "h2" }),
      count: 2,
    },
  },
  passes: {
    "the agent's channel": (t) => t.kvm(channel("org.qemu.guest_agent.0")),
    "systems without the agent": (t) => t.kvm({ ...none, intent: { os: "openbsd-7.8" } }),
    "Xen, which has no such channel": (t) => t.xenHvm(),
    "no operating system": (t) =>
      t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
  },
  undetermined: { "a late name": (t) => t.kvm(channel("${var.name}")) },
});
