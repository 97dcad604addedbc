import type { PlanGuest } from "../../plan/guest";
import { known } from "../../plan/late";
import { defineRule, emulatedGuests, fail, notApplicable, pass } from "../../rule";
import { concernedOn } from "../once-per-host";

/** Emulation is legal everywhere, and never what a production guest should run on. */
export const emulationIsSlow = defineRule({
  code: "VIRT-HYP-006",
  slug: "emulation-is-slow",
  severity: "warning",
  stage: "advice",
  title: "Emulation is slow and no security boundary",
  why: "Without CPU virtualization QEMU translates every instruction of the guest. That runs anywhere and for any architecture, many times slower than KVM, and QEMU's developers do not call it a security boundary: use it for builds and tests, not to keep guests apart.",
  fix: "Place the guest on a host that offers KVM for its architecture and use accelerator kvm.",
  sources: [
    "article: without CPU virtualization KVM's QEMU mode is very slow",
    "QEMU docs/system/security.rst, non-virtualization use case",
  ],
  needs: ["guest"],
  on: emulatedGuests,
  check: (guest, plan) => {
    if (!isEmulated(guest)) return notApplicable;
    const { host } = guest;
    // Of the host, so said once, with all its guests.
    const guests = concernedOn(plan, "VIRT-HYP-006", host, isEmulated);
    if (guests[0] !== guest) return pass;
    const arch = known(guest.arch);
    const others = arch === undefined ? [] : plan.hostsOffering("hvm", arch, "kvm").map((each) => each.label);
    return fail({
      at: "type",
      key: host.label,
      places: guests,
      message: `${guests.length === 1 ? "This guest" : "These guests"} of "${host.label}" will be emulated: very slow, and no security boundary.`,
      fix:
        others.length > 0
          ? `place them on ${others.join(" or ")}, which offers KVM`
          : "place them on a host with KVM",
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", {
          facts: {
            guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["qemu"], machines: [{ name: "q35" }] }],
          },
        })
        .tcg(),
    good: (plan) => plan.kvmHost("kvm1").kvm(),
  },
});

/** Emulated where the host has nothing better; where it has, another rule says so. */
function isEmulated(guest: PlanGuest): boolean {
  if (guest.mode !== "tcg") return false;
  const { host, osType, arch } = guest;
  const offersKvm = host.facts?.offersDomainType(known(osType) ?? "hvm", known(arch) ?? "", "kvm");
  return offersKvm !== true;
}
