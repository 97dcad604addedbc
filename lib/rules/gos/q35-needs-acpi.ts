import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, qemuGuests, undetermined } from "../../rule";

/** The tables of ACPI tell a system where the interrupts and slots of a Q35 are. */
export const q35NeedsAcpi = defineRule({
  code: "VIRT-GOS-017",
  slug: "q35-needs-acpi",
  severity: "warning",
  stage: "boot",
  title: "A guest on Q35 should have ACPI",
  why: "Without ACPI a system finds no interrupts for devices behind PCI Express ports, so that it comes up without its network, and the host cannot ask it to shut down. libvirt and the provider leave ACPI out unless it is asked for.",
  fix: "Set features.acpi to true, and features.apic.",
  sources: [
    "dmacvicar/terraform-provider-libvirt discussion 1324: guests on q35 without features acpi and apic have no network interface",
    "tried: provider 0.9.7 and libvirt 9.0.0 start a q35 guest without ACPI",
  ],
  needs: ["guest"],
  on: qemuGuests,
  check: (guest) => {
    const acpi = guest.domain.features?.acpi;
    if (acpi === true || guest.isQ35 === false) return notApplicable;
    if (guest.isQ35 === undefined || isLate(acpi)) {
      return undetermined("the machine of a guest, or its ACPI, is known only at apply");
    }
    return fail({
      at: "features.acpi",
      message: `"${guest.label}" is a ${guest.machine} without ACPI: its system may find no network interface.`,
      fix: "set features.acpi to true, and features.apic",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { type_machine: "q35" }, features: null }),
    good: (plan) => plan.kvm({ os: { type_machine: "q35" }, features: { acpi: true, apic: {} } }),
  },
});
