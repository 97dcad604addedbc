import { uefiNeedsAcpi } from "../../../lib/rules/fw/uefi-needs-acpi";
import { RuleTester } from "../../../lib/testing";

const guest = (os: Record<string, unknown>, acpi: unknown = null) => ({ name: "a", os, features: { acpi } });
const LOADER = { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_type: "pflash" };
const EFI = { firmware: "efi" };

RuleTester.run(uefiNeedsAcpi, {
  fails: {
    "a loader in flash without ACPI": {
      plan: (t) => t.kvm(guest(LOADER)),
      message: '"a" boots with UEFI and has no ACPI (features.acpi).',
      fix: "set features.acpi to true",
      at: "features.acpi",
      severity: "error",
    },
    "firmware efi without ACPI": (t) => t.kvm(guest(EFI)),
    "ACPI off": (t) => t.kvm(guest(EFI, false)),
    "no features at all": (t) => t.kvm({ os: EFI, features: null }),
    "32 bits": (t) => t.kvm(guest({ ...LOADER, type_arch: "i686" })),
    "an emulated guest": (t) => t.tcg(guest(EFI)),
    "firmware efi beside a late loader type": (t) => t.kvm(guest({ ...EFI, loader_type: "${var.type}" })),
  },
  passes: {
    "UEFI with ACPI": (t) => t.kvm(guest(LOADER, true)).kvm(guest(EFI, true)),
    "late firmware with ACPI": (t) => t.kvm(guest({ firmware: "${var.fw}" }, true)),
    "BIOS without ACPI": (t) => t.kvm(guest({})).kvm(guest({ firmware: "bios" })),
    "a loader that is a ROM": (t) =>
      t.kvm(guest({ loader: LOADER.loader })).kvm(guest({ ...LOADER, loader_type: "rom" })),
    "another architecture: that is another rule's": (t) =>
      t.kvm(guest({ ...LOADER, type_arch: "aarch64", type_machine: "virt" })),
    "a Xen guest": (t) => t.xenHvm(guest(LOADER)),
  },
  undetermined: {
    "firmware that is known only at apply": {
      plan: (t) => t.kvm(guest({ firmware: "${var.fw}" })),
      reason: "the guest's firmware, architecture or ACPI is known only at apply",
    },
    "a loader type that is known only at apply": (t) => t.kvm(guest({ loader_type: "${var.type}" })),
    "ACPI that is known only at apply": (t) => t.kvm(guest(LOADER, "${var.acpi}")),
    "an architecture that is known only at apply": (t) =>
      t.kvm(guest({ ...LOADER, type_arch: "${var.arch}" })),
    "an architecture that nobody states": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(guest({ ...LOADER, type_arch: null })),
      reason: 'needs facts of "h1"',
    },
  },
});
