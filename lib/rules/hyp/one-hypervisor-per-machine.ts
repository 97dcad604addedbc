import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { allOf, anyOf } from "./offers";

/** Xen takes the CPU's virtualization for itself; the Linux that KVM would be part of is then its first guest. */
export const oneHypervisorPerMachine = defineRule({
  code: "VIRT-HYP-011",
  slug: "one-hypervisor-per-machine",
  severity: "error",
  stage: "start",
  title: "One machine runs KVM guests or Xen guests, not both",
  why: "The boot loader loads Xen, and Xen loads the host system as dom0. In dom0 there is no VT-x or AMD-V, so that KVM has nothing to work with. Both hypervisors can serve one plan, on different machines. Emulated guests (domain type qemu) do run in dom0.",
  fix: "Give the KVM guests or the Xen guests another machine, or make the KVM guests Xen guests.",
  sources: [
    "article: the boot loader loads Xen, which loads the host system",
    "derived from VIRT-HYP-001 in dom0: a Linux without VT-x or AMD-V offers no KVM",
  ],
  needs: ["plan"],
  on: hosts,
  check: (host, plan) => {
    const machines = plan.index("hosts by machine", () =>
      groupBy(plan.hosts, (each) => each.machine ?? each),
    );
    const same = machines.get(host.machine ?? host) ?? [];
    if (same[0] !== host) return notApplicable;
    const guests = same.flatMap((each) => plan.guestsOn(each)).filter((guest) => guest.multiplicity !== 0);
    const kvm = guests.filter((guest) => guest.mode === "kvm");
    const xen = guests.filter((guest) => guest.isXen);
    if (kvm.length === 0 && xen.length === 0) return notApplicable;
    if (kvm.length === 0 || xen.length === 0) {
      return guests.some((guest) => isLate(guest.domain.type))
        ? undetermined(`the domain types of guests on "${host.label}" are known only at apply`)
        : pass;
    }
    const labels = (group: typeof guests) => allOf(group.map((guest) => `"${guest.label}"`));
    const elsewhere = plan
      .hostsOffering("hvm", kvm[0]!.arch ?? "x86_64", "kvm")
      .filter((each) => !same.includes(each))
      .map((each) => each.label);
    return fail({
      places: [...kvm, ...xen],
      at: "type",
      message:
        `${allOf([...new Set(same.map((each) => `"${each.label}"`))])}${same.length > 1 ? `, which are one machine (${host.machine}),` : ""} would run KVM guests (${labels(kvm)}) and Xen guests (${labels(xen)}).\n` +
        "Under Xen the host system is dom0, a guest itself: it has no VT-x or AMD-V to give to KVM.",
      fix: `move ${labels(kvm)} to ${elsewhere.length > 0 ? anyOf(elsewhere) : "a machine with KVM"}, or make Xen guests of them`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("h2-kvm", { uri: "qemu+ssh://h2/system" })
        .xenHost("h2-xen", { uri: "xen+ssh://h2/system" })
        .kvm({ name: "a" })
        .xenPv({ name: "b" }),
    good: (plan) => plan.kvmHost("h1").xenHost("h2").kvm({ name: "a" }).xenPv({ name: "b" }),
  },
});
