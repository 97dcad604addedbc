import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { sourceKind } from "../net/interface-source";

const SOURCES = ["lease", "agent", "any"];
const AGENT = "org.qemu.guest_agent.0";

/** The provider asks libvirt for an address until one comes, and the apply fails when none does. */
export const waitForIpCanEnd = defineRule({
  code: "VIRT-PRV-017",
  slug: "wait-for-ip-can-end",
  severity: "error",
  stage: "apply",
  title: "A wait for an address needs somebody who can tell it",
  why: "The provider learns an address from the DHCP leases of a libvirt network, or from the guest agent. On a bridge or macvtap there are no leases that libvirt sees, and without the agent's channel nobody answers in the guest: the wait lasts until its timeout, and the apply fails.",
  fix: "Wait on a libvirt network with DHCP, give the guest the agent's channel, or remove waitForIp.",
  sources: [
    "provider 0.9.7 domain_resource.go: source is lease, agent or any, which is both",
    "libvirt qemu_driver.c qemuGetDHCPInterfaces: leases of interfaces of type network alone",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.interfaces[].waitForIp"),
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const wait = nic.waitForIp;
      if (wait === undefined || isLate(wait)) continue;
      const source = wait.source ?? "any";
      const kind = sourceKind(nic);
      if (isLate(source) || isLate(kind)) {
        yield undetermined("where an interface gets its address is known only at apply");
      } else yield outcomeOf(guest, `devices.interfaces[${index}].waitForIp`, source, kind ?? "user");
    }
  },
  examples: {
    bad: (plan) => plan.kvm(waiting({ bridge: { bridge: "br0" } })),
    good: (plan) => plan.kvm(waiting({ network: { network: "default" } })),
  },
});

function waiting(source: Record<string, unknown>): Record<string, unknown> {
  return {
    devices: {
      interfaces: [{ source, model: { type: "virtio" }, wait_for_ip: { source: "lease", timeout: 120 } }],
    },
  };
}

function outcomeOf(guest: PlanGuest, at: string, source: string, kind: string): Outcome {
  const label = `"${guest.label}" waits for an address`;
  if (!SOURCES.includes(source)) {
    return fail({
      at: `${at}.source`,
      message: `${label} from "${source}", which the provider does not know.`,
      fix: 'use "lease", "agent" or "any"',
    });
  }
  const hasAgent = (guest.domain.devices?.channels ?? []).some(({ target }) => {
    const name = target?.virtIo?.name;
    return name === AGENT || isLate(name);
  });
  if (source !== "agent" && kind === "network") return pass;
  if (source !== "lease" && hasAgent) return pass;
  return fail({
    at,
    message: `${label} ${
      source === "agent"
        ? "from a guest agent that has no channel"
        : `on a source of kind ${kind}, where libvirt sees no leases${source === "any" ? ", and without a channel for the guest agent" : ""}`
    }: it can only time out.`,
    fix:
      source === "lease"
        ? "use a libvirt network with DHCP, or remove waitForIp"
        : `add the channel ${AGENT} (and the agent in the guest), or remove waitForIp`,
  });
}
