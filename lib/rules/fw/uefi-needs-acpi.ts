import { isX86 } from "../../plan/arch";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

/** UEFI tells the system about the machine by ACPI tables. */
export const uefiNeedsAcpi = defineRule({
  code: "VIRT-FW-002",
  slug: "uefi-needs-acpi",
  severity: "error",
  stage: "define",
  title: "UEFI on x86 needs ACPI",
  why: "UEFI describes the machine to the operating system with ACPI tables. libvirt has ACPI off where features does not ask for it, and refuses UEFI on x86 without.",
  fix: "Set features.acpi to true, or boot with BIOS.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef",
    "tried: libvirt 9.0.0, define without acpi of firmware=efi, and of a loader of type pflash: UEFI requires ACPI on this architecture; a loader without type is a ROM and accepted",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.firmware", "os.loaderType"),
  check: (guest) => {
    const { os, features } = guest.domain;
    const uefi = os?.firmware === "efi" || os?.loaderType === "pflash";
    const late = isLate(os?.firmware) || isLate(os?.loaderType);
    if (!uefi && !late) return notApplicable;
    const { arch, host, label } = guest;
    if (features?.acpi === true) return pass;
    if (arch === undefined) return needsFacts(host);
    if (!uefi || isLate(arch) || isLate(features?.acpi)) {
      return undetermined("the guest's firmware, architecture or ACPI is known only at apply");
    }
    if (!isX86(arch)) return notApplicable;
    return fail({
      at: "features.acpi",
      message: `"${label}" boots with UEFI and has no ACPI (features.acpi).`,
      fix: "set features.acpi to true",
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_readonly: "yes", loader_type: "pflash" },
        features: { acpi: null },
      }),
    good: (plan) =>
      plan.kvm({
        os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_readonly: "yes", loader_type: "pflash" },
        features: { acpi: true },
      }),
  },
  alsoFails: ["VIRT-GOS-017"],
});
