import { KVM_EXAMPLE } from "../../../lib/plan/example-facts";
import { firmwareAvailable } from "../../../lib/rules/fw/firmware-available";
import { RuleTester } from "../../../lib/testing";

const os = (firmware: string, features: unknown = null) => ({
  name: "a",
  os: { firmware, firmware_info: features && { features } },
});
const feature = (name: string, enabled: string) => ({ name, enabled });
const host = (changes: Record<string, unknown>) => ({
  facts: { domainCapabilities: [{ ...KVM_EXAMPLE.domainCapabilities![0]!, ...changes }] },
});

RuleTester.run(firmwareAvailable, {
  fails: {
    "firmware that the host does not have": {
      plan: (t) => t.kvmHost("kvm1", host({ firmware: [] })).kvm(os("efi")),
      message: '"a" asks for firmware efi, for which "kvm1" has no image.',
      fix: "install UEFI firmware on kvm1",
      at: "os.firmware",
    },
    "legacy BIOS, which comes without asking": {
      plan: (t) => t.kvm(os("bios")),
      message: "it offers efi",
      fix: "remove os.firmware",
    },
    "Secure Boot that the host does not have": {
      plan: (t) =>
        t.kvmHost("kvm1", host({ secureLoader: false })).kvm(os("efi", [feature("secure-boot", "yes")])),
      message: 'with Secure Boot, for which "kvm1" has no image on machine q35',
      at: "os.firmwareInfo.features",
    },
    "keys without Secure Boot": {
      plan: (t) =>
        t
          .kvmHost("kvm1", { facts: null })
          .tcg(os("efi", [feature("enrolled-keys", "yes"), feature("secure-boot", "no")])),
      message: "enrolled keys and without Secure Boot",
    },
  },
  passes: {
    "firmware of the host": (t) =>
      t.kvm(os("efi")).kvm(os("efi", [feature("secure-boot", "yes"), feature("enrolled-keys", "yes")])),
    "no Secure Boot where there is none": (t) =>
      t.kvmHost("kvm1", host({ secureLoader: false })).kvm(os("efi", [feature("secure-boot", "no")])),
    "no request": (t) => t.kvm(),
    "a Xen guest": (t) => t.xenHvm({ os: { firmware: "efi" } }),
  },
  undetermined: {
    "firmware that is known only at apply": (t) => t.kvm(os("${var.firmware}")),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(os("efi")),
    "a machine that nobody asked about": (t) => t.kvm({ os: { firmware: "efi", type_machine: "pc" } }),
    "an emulated guest where nobody asked about emulation": (t) => t.tcg(os("efi")),
    "an emulator that the facts do not describe": (t) =>
      t.kvm({ ...os("efi"), devices: { emulator: "/opt/qemu" } }),
  },
});
