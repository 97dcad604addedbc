import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, pass, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** Under QEMU a machine has both unless it is told otherwise; libvirt tells Xen what is not listed is off. */
export const acpiAndApicOn = defineRule({
  code: "VIRT-XEN-058",
  slug: "acpi-and-apic-on",
  severity: "warning",
  stage: "silent",
  title: "A Xen HVM guest states the features acpi and apic",
  why: "Without them the guest starts with ACPI and APIC off. A system without ACPI tables finds one vCPU and no power button; Windows needs both features.",
  fix: "Set features.acpi to true and features.apic to {}. For a system older than ACPI, set acpi to false.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: Xen 4.17, libvirt 9.0.0, HVM without features: the device model gets -no-acpi, the JSON configuration has acpi False and apic False",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return pass;
    const { features } = guest.domain;
    if (isLate(features)) return undetermined("the guest's features are known only at apply");
    // acpi = false is a wish; of apic only its absence says so.
    if (features?.acpi === false) return pass;
    const missing = [
      ...(features?.acpi === undefined ? ["acpi"] : []),
      ...(features?.apic === undefined ? ["apic"] : []),
    ];
    if (missing.length === 0) return pass;
    if (hvm === undefined) return lateKind;
    return fail({
      at: `features.${missing[0]}`,
      message: `HVM guest "${guest.label}" does not state ${missing.join(" and ")}: under Xen it would start with ${missing.map((each) => each.toUpperCase()).join(" and ")} off.`,
      fix: `set ${missing.map((each) => (each === "acpi" ? "features.acpi to true" : "features.apic to {}")).join(" and ")}`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ features: null }),
    good: (plan) => plan.xenHvm({ features: { acpi: true, apic: {} } }),
  },
});
