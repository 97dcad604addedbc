import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** ARM has no legacy BIOS, and finds its ACPI tables through UEFI. */
export const armNeedsUefi = defineRule({
  code: "VIRT-FW-003",
  slug: "arm-needs-uefi",
  severity: "error",
  stage: "define",
  title: "ACPI on aarch64 needs UEFI, and there is no legacy BIOS",
  why: "On aarch64 the tables of ACPI are handed over by UEFI firmware; libvirt refuses a guest that has ACPI and no UEFI. A guest that boots a kernel directly finds its devices through a device tree and needs neither. Legacy BIOS exists on x86 alone.",
  fix: 'Set os.firmware to "efi", or remove features.acpi.',
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef, qemuValidateDomainDefBoot (ACPI requires UEFI on this architecture)",
    "libvirt qemu_firmware.c qemuFirmwareFillDomain: no firmware descriptor offers bios for aarch64",
    "not tried: the host that was tried has no emulator for aarch64",
  ],
  needs: ["guest"],
  on: qemuGuests,
  check: (guest) => {
    const { arch, host, label, domain } = guest;
    const { os, features } = domain;
    const bios = os?.firmware === "bios";
    if (features?.acpi !== true && !bios && !isLate(features?.acpi) && !isLate(os?.firmware))
      return notApplicable;
    if (arch === undefined) return needsFacts(host);
    if (!isLate(arch) && arch !== "aarch64") return notApplicable;
    if (isLate(arch) || isLate(features?.acpi) || isLate(os?.firmware) || isLate(os?.loaderType)) {
      return undetermined("the guest's architecture, firmware or ACPI is known only at apply");
    }
    if (bios) {
      return fail({
        at: "os.firmware",
        message: `"${label}" asks for legacy BIOS (os.firmware bios), which aarch64 does not have.`,
        fix: 'set os.firmware to "efi"',
      });
    }
    if (features?.acpi !== true || os?.firmware === "efi" || os?.loaderType === "pflash") return pass;
    // A loader without a type may be UEFI in the words of newer versions.
    if (os?.loader !== undefined && os.loaderType === undefined) {
      return undetermined("what kind of firmware the loader is is not stated (os.loaderType)");
    }
    return fail({
      at: "os.firmware",
      message: `"${label}" has ACPI (features.acpi) and no UEFI, which libvirt refuses on aarch64.`,
      fix: `set os.firmware to "efi"${os?.kernel === undefined ? "" : ", or remove features.acpi"}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("arm1", { arch: "aarch64", facts: null }).kvm({ os: ARM }),
    good: (plan) =>
      plan.kvmHost("arm1", { arch: "aarch64", facts: null }).kvm({ os: { ...ARM, firmware: "efi" } }),
  },
});

const ARM = { type_arch: "aarch64", type_machine: "virt" };
