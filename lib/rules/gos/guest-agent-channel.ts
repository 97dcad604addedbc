import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { concernedOn } from "../once-per-host";

const AGENT = "org.qemu.guest_agent.0";

/** What the host wants of a running system it must be able to ask. */
export const guestAgentChannel = defineRule({
  code: "VIRT-GOS-014",
  slug: "guest-agent-channel",
  severity: "warning",
  stage: "advice",
  title: "A guest should have a channel for the guest agent",
  why: "Through the agent libvirt freezes file systems for a snapshot, shuts a guest down whose ACPI button is ignored, and learns its addresses. The channel does no harm where no agent runs. Asked of Linux and Windows, which have the agent.",
  fix: `Add a channel with target ${AGENT}, as KvmGuest does, and install qemu-guest-agent.`,
  sources: ["libvirt docs, guest agent: fs freeze, shutdown mode agent, domifaddr source agent"],
  needs: ["guest", "operating system"],
  on: qemuGuests,
  check: (guest, plan) => {
    if (!isAsked(guest)) return notApplicable;
    const missing = has(guest);
    if (missing === undefined) return undetermined("the channels of a guest are known only at apply");
    if (missing) return pass;
    // Of a way to make guests, so said once for each host.
    const { host } = guest;
    const guests = concernedOn(
      plan,
      "VIRT-GOS-014",
      host,
      (each) => each.isQemu && isAsked(each) && has(each) === false,
    );
    if (guests[0] !== guest) return pass;
    return fail({
      at: "devices.channels",
      key: host.label,
      places: guests,
      message: `${guests.length === 1 ? "This guest" : "These guests"} of "${host.label}" ${guests.length === 1 ? "has" : "have"} no channel for the guest agent: no frozen file systems in snapshots, and a shutdown only by the ACPI button.`,
      fix: `add a channel with target virtIo ${AGENT}, and install qemu-guest-agent`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { channels: null } }),
    good: (plan) => plan.kvm(),
  },
});

function isAsked({ os }: PlanGuest): boolean {
  return os?.family === "linux" || os?.family === "windows";
}

/** Undefined when only apply knows. */
function has({ domain }: PlanGuest): boolean | undefined {
  const names = (domain.devices?.channels ?? []).map(({ target }) => target?.virtIo?.name);
  if (names.some((name) => known(name) === AGENT)) return true;
  return names.some(isLate) ? undefined : false;
}
