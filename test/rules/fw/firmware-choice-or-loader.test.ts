import { firmwareChoiceOrLoader } from "../../../lib/rules/fw/firmware-choice-or-loader";
import { RuleTester } from "../../../lib/testing";

const efi = (os: Record<string, unknown>) => ({ name: "a", os: { firmware: "efi", ...os } });
const libvirt = (libvirtVersion: string | undefined) => ({ facts: { libvirtVersion } });
const LOADER = { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd" };
const NVRAM = "/var/lib/libvirt/qemu/nvram/a.fd";

RuleTester.run(firmwareChoiceOrLoader, {
  fails: {
    "a loader path": {
      plan: (t) => t.kvmHost("h1", libvirt("9.0.0")).kvm(efi(LOADER)),
      message:
        '"a" leaves its firmware to libvirt (os.firmware efi) and sets os.loader as well, which libvirt 9.0.0 on "h1" refuses.',
      fix: "or remove os.loader",
      at: "os.loader",
      severity: "error",
    },
    "readonly, whatever its value": {
      plan: (t) => t.kvm(efi({ loader_readonly: "yes" })).kvm(efi({ loader_readonly: "no" })),
      at: "os.loaderReadonly",
      count: 2,
    },
    "a loader type": { plan: (t) => t.kvm(efi({ loader_type: "pflash" })), at: "os.loaderType" },
    "secure=no": { plan: (t) => t.kvm(efi({ loader_secure: "no" })), at: "os.loaderSecure" },
    "an NVRAM template": {
      plan: (t) => t.kvm(efi({ nv_ram: { nv_ram: NVRAM, template: "/usr/share/OVMF/OVMF_VARS_4M.fd" } })),
      at: "os.nvRam.template",
    },
    "several, in one finding": {
      plan: (t) => t.kvm(efi({ ...LOADER, loader_readonly: "yes", loader_type: "pflash" })),
      message: "sets os.loader, os.loaderReadonly and os.loaderType as well",
      fix: /^remove os.firmware and name .*, or remove os.loader, os.loaderReadonly and os.loaderType$/,
    },
    "a known one beside a late one": {
      plan: (t) => t.kvm(efi({ loader: "${var.loader}", loader_type: "pflash" })),
      message: "sets os.loaderType as well",
      at: "os.loaderType",
    },
    "the first and the last libvirt that refuse": {
      plan: (t) =>
        t
          .kvmHost("h1", libvirt("8.6.0"))
          .kvmHost("h2", libvirt("9.1.9"))
          .kvm({ host: "h1", ...efi(LOADER) })
          .kvm({ host: "h2", ...efi(LOADER) }),
      count: 2,
    },
    "firmware bios": {
      plan: (t) => t.kvm(efi({ firmware: "bios", ...LOADER })),
      message: "os.firmware bios",
    },
    "an emulated guest": (t) => t.tcg(efi(LOADER)),
  },
  passes: {
    "the choice left to libvirt": (t) => t.kvm(efi({})),
    "secure=yes": (t) => t.kvm(efi({ loader_secure: "yes" })),
    "an NVRAM path and a stateless loader": (t) =>
      t.kvm(efi({ nv_ram: { nv_ram: NVRAM } })).kvm(efi({ loader_stateless: "yes" })),
    "an explicit loader alone": (t) =>
      t.kvm({ os: { ...LOADER, loader_type: "pflash", loader_readonly: "yes" } }),
    "a newer libvirt": (t) => t.kvmHost("h1", libvirt("9.2.0")).kvm(efi(LOADER)),
    "an older libvirt": (t) => t.kvmHost("h1", libvirt("8.5.0")).kvm(efi(LOADER)),
    "no firmware at all, even without facts": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm()
        .kvm(efi({ nv_ram: { nv_ram: NVRAM } })),
    "a Xen guest: that is another rule's": (t) => t.xenHvm(efi(LOADER)),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(efi(LOADER)),
      reason: 'needs facts of "h1"',
    },
    "a libvirt of unknown version": (t) => t.kvmHost("h1", libvirt(undefined)).kvm(efi(LOADER)),
    "a loader that is known only at apply": {
      plan: (t) => t.kvm(efi({ loader: "${var.loader}" })),
      reason: "the guest's firmware or loader is known only at apply",
    },
    "firmware that is known only at apply": (t) => t.kvm(efi({ firmware: "${var.fw}", ...LOADER })),
    "secure that is known only at apply": (t) => t.kvm(efi({ loader_secure: "${var.secure}" })),
    "NVRAM that is known only at apply": (t) => t.kvm(efi({ nv_ram: "${var.nvram}" })),
    "an os that is known only at apply": (t) => t.kvm({ os: "${var.os}" }),
  },
});
