import { channelTarget } from "../../../lib/rules/xen/channel-target";
import { RuleTester } from "../../../lib/testing";

const channels = (...targets: unknown[]) => ({
  devices: { channels: targets.map((target) => ({ target })) },
});
const agent = { virt_io: { name: "org.qemu.guest_agent.0" } };

RuleTester.run(channelTarget, {
  fails: {
    "the channel of the QEMU guest agent": {
      plan: (t) => t.xenHvm({ name: "a", ...channels({ xen: { name: "x" } }, agent) }),
      severity: "error",
      message: 'A channel of "a" has a target of type virtio; Xen guests have type xen only.',
      fix: 'remove devices.channels[1], or set its target to { xen: { name: "…" } }',
      at: "devices.channels[1].target",
      places: ["a"],
    },
    "a forward into the guest": {
      plan: (t) => t.xenPv(channels({ guest_fwd: { address: "10.0.2.1", port: "80" } })),
      message: "of type guestfwd",
    },
    "each of several": { plan: (t) => t.xenPvh(channels(agent, agent)), count: 2 },
  },
  passes: {
    "type xen": (t) => t.xenHvm(channels({ xen: { name: "x" } })).xenPv(channels({ xen: { name: "x" } })),
    "no target, and no channel": (t) => t.xenHvm(channels(undefined, {})).xenPv(),
    "a KVM guest": (t) => t.kvm(channels(agent)),
  },
  undetermined: {
    "a late target": {
      plan: (t) => t.xenHvm(channels("${var.target}")),
      reason: "the target of a channel is known only at apply",
    },
    "late channels": (t) => t.xenHvm({ devices: { channels: "${var.channels}" } }),
  },
});
