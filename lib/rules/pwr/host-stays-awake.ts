import { defineRule, fail, hosts, notApplicable, pass } from "../../rule";

/** A host that sleeps takes its guests along, and does not ask them. */
export const hostStaysAwake = defineRule({
  code: "VIRT-PWR-004",
  slug: "host-stays-awake",
  severity: "warning",
  stage: "advice",
  title: "A host with running guests should not be suspended",
  why: "Guests of a sleeping host stop without notice: their clocks stand still, connections break, passed-through devices lose their state. Xen supports neither suspend nor hibernation of the host while guests run; KVM does, and power management is not its strength.",
  fix: "Keep the host awake, or shut its guests down first.",
  sources: [
    "SUSE/doc-sle xml/virt_support.xml: host suspend and hibernation are unsupported under Xen",
    "article: KVM's power management issues, Xen's minimal power management",
  ],
  needs: ["plan"],
  on: hosts,
  check: (host, plan) => {
    if (!host.sleeps) return notApplicable;
    const guests = plan.guestsOn(host).filter((guest) => guest.mayRun !== false);
    if (guests.length === 0) return pass;
    return fail({
      places: [host, ...guests],
      message: `"${host.label}" is suspended at times, and ${guests.length === 1 ? `"${guests[0]!.label}" runs` : `${guests.length} guests run`} on it${host.hypervisor === "xen" ? ": Xen does not support that" : ""}.`,
      fix: `keep ${host.label} awake (systemctl mask sleep.target suspend.target hibernate.target) and remove sleeps, or shut its guests down first`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHost("xen1", { sleeps: true }).xenPv(),
    good: (plan) => plan.xenHost("xen1").xenPv(),
  },
});
