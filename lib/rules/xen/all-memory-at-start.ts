import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, type Outcome, pass, undetermined, xenGuests } from "../../rule";
import { hostDevicesOf } from "../pci/host-devices";
import { isKind, isOnArm, kindName, lateKind } from "./xen-mode";

/** What cannot be had by a guest whose memory is populated on demand. */
interface Reason {
  /** What could be removed. */
  readonly at?: string;
  /** `has NUMA cells`. */
  readonly what: string;
}

/** A guest that starts with less than its maximum gets its pages on demand; a device would write to absent ones. */
export const allMemoryAtStart = defineRule({
  code: "VIRT-XEN-014",
  slug: "all-memory-at-start",
  severity: "error",
  stage: "start",
  title:
    "A Xen HVM or PVH guest with host devices or NUMA cells, and any guest on ARM, starts with all its memory",
  why: "With currentMemory below memory, Xen populates the memory of an HVM or PVH guest on demand. An IOMMU needs all pages in place, virtual NUMA does not know of the others, and on ARM Xen cannot do it at all: such a guest is refused at start.",
  fix: "Remove currentMemory, or remove the host devices and NUMA cells.",
  sources: [
    "Xen libxl_create.c libxl__domain_config_setdefault: IOMMU not supported together with PoD; Cannot enable PoD and vNUMA at the same time",
    "tried: Xen 4.17 with an emulated AMD IOMMU, HVM: a device, and passthrough on, are refused with less memory at start in these words",
    "tried: Xen 4.17 on ARM, PV, 192 of 256 MiB: can't allocate low memory for domain: Out of memory; 191 of 192: xc_dom_build_image failed: Device or resource busy; all of it starts",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest, plan): Outcome => {
    const { currentMemoryKiB: current, memoryKiB: all, domain, label } = guest;
    if (domain.currentMemory === undefined || current === all) return notApplicable;
    const onArm = isOnArm(guest);
    const concerned = onArm || isKind(guest, "xen-hvm", "xen-pvh");
    if (concerned === false) return notApplicable;
    const reason = onArm ? ON_ARM : reasonOf(guest, plan);
    if (reason === undefined) return pass;
    if (reason === "late") return undetermined("the guest's host devices are known only at apply");
    if (isLate(current) || isLate(all)) return undetermined("the guest's memory is known only at apply");
    if (current === undefined || all === undefined) return notApplicable;
    if (concerned === undefined) return lateKind;
    return fail({
      at: "currentMemory",
      message: `${onArm ? "Guest" : kindName(guest)} "${label}" ${reason.what} and starts with ${formatKiB(current as number)} of ${formatKiB(all as number)}: Xen refuses the two together.`,
      fix: `remove currentMemory (or set it to ${formatKiB(all as number)})${reason.at ? `, or remove ${reason.at}` : ""}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({ current_memory: 512, current_memory_unit: "MiB", devices: { hostdevs: [pciDevice] } }),
    good: (plan) => plan.xenHvm({ devices: { hostdevs: [pciDevice] } }),
  },
});

const pciDevice = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};

const ON_ARM: Reason = { what: "is on ARM" };

function reasonOf(guest: PlanGuest, plan: Plan): Reason | "late" | undefined {
  const devices = hostDevicesOf(plan, guest);
  const pci = devices.find(({ kind }) => kind === "pci");
  if (pci) return { at: pci.at, what: "has a PCI device of the host" };
  if ((guest.domain.cpu?.numa?.cell ?? []).some((cell) => !isLate(cell))) {
    return { at: "cpu.numa", what: "has NUMA cells" };
  }
  const { passthrough } = guest.domain.features?.xen ?? {};
  if (passthrough?.state === "on")
    return { at: "features.xen.passthrough", what: "has passthrough switched on" };
  const late = devices.some(({ kind }) => kind === "unknown") || isLate(passthrough?.state);
  return late ? "late" : undefined;
}
