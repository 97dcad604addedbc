import { armNeedsUefi } from "../../../lib/rules/fw/arm-needs-uefi";
import { RuleTester } from "../../../lib/testing";

const arm = (os: Record<string, unknown> = {}, features: Record<string, unknown> = { acpi: true }) => ({
  name: "a",
  os: { type_arch: "aarch64", type_machine: "virt", ...os },
  features,
});

RuleTester.run(armNeedsUefi, {
  fails: {
    "ACPI without UEFI": {
      plan: (t) => t.kvm(arm()),
      message: '"a" has ACPI (features.acpi) and no UEFI, which libvirt refuses on aarch64.',
      fix: /^set os.firmware to "efi"$/,
      at: "os.firmware",
    },
    "ACPI with a kernel": { plan: (t) => t.tcg(arm({ kernel: "/k" })), fix: "or remove features.acpi" },
    "ACPI with a ROM": (t) => t.kvm(arm({ loader: "/l", loader_type: "rom" })),
    "legacy BIOS": {
      plan: (t) => t.kvm(arm({ firmware: "bios" }, { acpi: null })),
      message: "asks for legacy BIOS (os.firmware bios), which aarch64 does not have",
    },
    "a host that is ARM": (t) =>
      t.kvmHost("arm1", { arch: "aarch64", facts: null }).kvm(arm({ type_arch: null })),
  },
  passes: {
    "UEFI by choice and by image": (t) =>
      t.kvm(arm({ firmware: "efi" })).kvm(arm({ loader: "/l", loader_type: "pflash" })),
    "a kernel without ACPI": (t) => t.kvm(arm({ kernel: "/k" }, { acpi: null })),
    x86: (t) => t.kvm().kvm({ os: { firmware: "bios" } }),
  },
  undetermined: {
    "a loader of no stated type": (t) => t.kvm(arm({ loader: "/l" })),
    "firmware that is known only at apply": (t) => t.kvm(arm({ firmware: "${var.firmware}" })),
    "ACPI that is known only at apply": (t) => t.kvm(arm({}, { acpi: "${var.acpi}" })),
    "an architecture that is known only at apply": (t) => t.kvm(arm({ type_arch: "${var.arch}" })),
    "a host whose architecture is not known": (t) =>
      t.kvmHost("kvm1", { facts: null }).kvm({ os: { type_arch: null } }),
  },
});
