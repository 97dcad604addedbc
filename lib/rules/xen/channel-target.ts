import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";

/** The agent's channel of a KVM guest is a port of a virtio device, which a Xen guest does not have. */
export const channelTarget = defineRule({
  code: "VIRT-XEN-045",
  slug: "channel-target",
  severity: "error",
  stage: "start",
  title: "A Xen guest's channels have a target of type xen",
  why: "A channel of a Xen guest is a second PV console. The virtio port that the QEMU guest agent uses on KVM does not exist, and libvirt refuses to start the guest.",
  fix: "Remove the channel, or give it a target of type xen and let the agent use the console that appears in the guest.",
  sources: [
    "libvirt libxl_conf.c libxlMakeChannel",
    "tried: libvirt 9.0.0, Xen 4.17: HVM with a virtio channel: start refused, channel target type not supported; HVM and PV with target xen start",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.channels"),
  *check(guest): Generator<Outcome> {
    for (const [index, { target }] of (guest.domain.devices?.channels ?? []).entries()) {
      if (isLate(target)) {
        yield undetermined("the target of a channel is known only at apply");
        continue;
      }
      const kind =
        target?.virtIo !== undefined ? "virtio" : target?.guestFwd !== undefined ? "guestfwd" : undefined;
      if (kind === undefined) continue;
      const at = `devices.channels[${index}]`;
      yield fail({
        at: `${at}.target`,
        message: `A channel of "${guest.label}" has a target of type ${kind}; Xen guests have type xen only.`,
        fix: `remove ${at}, or set its target to { xen: { name: "…" } }`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({
        devices: { channels: [{ source, target: { virt_io: { name: "org.qemu.guest_agent.0" } } }] },
      }),
    good: (plan) => plan.xenHvm({ devices: { channels: [{ source, target: { xen: { name: "agent" } } }] } }),
  },
});

const source = { unix: { mode: "bind" } };
