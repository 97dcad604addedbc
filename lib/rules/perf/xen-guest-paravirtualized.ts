import type { PlanGuest } from "../../plan/guest";
import { known } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, undetermined, xenGuests } from "../../rule";

/** Emulated hardware is for systems that need it. */
export const xenGuestParavirtualized = defineRule({
  code: "VIRT-PERF-008",
  slug: "xen-guest-paravirtualized",
  severity: "warning",
  stage: "advice",
  title:
    "A fully virtualized Xen guest should have PV drivers, or be PVH where its kernel is booted directly",
  why: "An HVM guest comes with an emulated machine, and a device model in dom0 for each guest. A kernel that Xen boots directly needs none of it when it has the entry point for PVH. A system without Xen's drivers is left with the emulated disks and cards, which are slow; Windows has a rule of its own.",
  fix: "Use XenPvhGuest, or a system that brings Xen's drivers.",
  sources: [
    "xl.cfg(5) type=pvh",
    "Xen SUPPORT.md, x86/PVH and PVHVM",
    "the catalogue of guest operating systems",
  ],
  needs: ["guest", "operating system"],
  on: xenGuests,
  check: (guest) => {
    const { mode, os } = guest;
    if (mode !== "xen-hvm" || os?.family === "windows") return notApplicable;
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    return guest.domain.os?.kernel === undefined ? checkDrivers(guest) : checkMode(guest);
  },
  examples: {
    bad: (plan) => plan.xenHvm({ os: { kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" } }),
    good: (plan) => plan.xenHvm(),
  },
});

function checkDrivers({ os, label }: PlanGuest): Outcome {
  const { pvDriversInBox } = os!.xen;
  if (pvDriversInBox === undefined) return undetermined(`whether ${os!.name} has Xen's drivers is not known`);
  if (pvDriversInBox) return pass;
  return fail({
    at: "os.type",
    message: `${os!.name} has no drivers for Xen's disks and network cards, so that "${label}" is left with emulated ones.`,
    fix: `place "${label}" on a KVM host`,
  });
}

function checkMode({ os, host, arch, label, domain }: PlanGuest): Outcome {
  const { pvh } = os!.xen;
  const devices = domain.devices;
  // PVH has neither passed-through devices nor a display with a video card.
  if (devices?.hostdevs !== undefined || devices?.videos !== undefined) return pass;
  if (pvh === undefined) return undetermined(`whether ${os!.name} has a kernel for Xen PVH is not known`);
  if (!pvh || host.facts?.offersDomainType("xenpvh", known(arch) ?? "", "xen") === false) return pass;
  return fail({
    at: "os.type",
    message: `"${label}" boots the kernel of ${os!.name} directly and has an emulated machine for nothing: the kernel can be PVH.`,
    fix: "use XenPvhGuest",
  });
}
