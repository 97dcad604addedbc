import { GuestOs } from "../../../lib/guest-os";
import { firmwareFitsOs } from "../../../lib/rules/gos/firmware-fits-os";
import { RuleTester } from "../../../lib/testing";

const UEFI = {
  os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.ms.fd", loader_type: "pflash", loader_readonly: "yes" },
};
const TPM = { devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] } };
const tpm = (model: string | undefined, version?: unknown) => ({
  devices: { tpms: [{ model, backend: { emulator: version === undefined ? {} : { version } } }] },
});
const OWN = GuestOs.of({ id: "own", name: "Own OS", family: "linux", firmware: { bios: true } });
const ARM = { os: { type_arch: "aarch64", type_machine: "virt" } };
const guest = (os: string | GuestOs, ...more: Record<string, unknown>[]) =>
  Object.assign({ name: "w", intent: { os } }, ...more);
const passthrough = { devices: { tpms: [{ backend: { passthrough: { device: { path: "/dev/tpm0" } } } }] } };

RuleTester.run(firmwareFitsOs, {
  fails: {
    "Windows 11 with BIOS": {
      plan: (t) => t.kvm(guest("windows-11", TPM)),
      message: 'Windows 11 does not boot with BIOS, which "w" has.',
      fix: "set firmware: Firmware.uefi(), which is os.loader",
      at: "os.loader",
      severity: "error",
    },
    "macOS with BIOS": { plan: (t) => t.kvm(guest("macos-15")), message: "macOS" },
    "Windows 11 with BIOS on Xen, which has no TPM either": {
      plan: (t) => t.xenHvm(guest("windows-11", TPM)),
      message: /and Xen gives "w" none[\s\S]*does not boot with BIOS/,
      at: "devices.tpms",
      fix: 'place "w" on a KVM host',
      count: 2,
    },
    "a system for BIOS alone with UEFI": {
      plan: (t) => t.kvm(guest("solaris-10", UEFI)),
      message: 'Solaris 10 does not boot with UEFI, which "w" has.',
      fix: "remove os.firmware, os.loader and os.nvRam",
      at: "os.loader",
    },
    "a 32-bit guest": (t) => t.kvm(guest("macos-15", { os: { type_arch: "i686" } })),
    "Windows 11 without a TPM": {
      plan: (t) => t.kvm(guest("windows-11", UEFI)),
      message: 'Windows 11 needs a TPM of version 2.0 to be installed, "w" has none.',
      fix: 'set tpm: true, which is { model: "tpm-crb", backend: { emulator: { version: "2.0" } } } in devices.tpms',
      at: "devices.tpms",
      severity: "error",
    },
    "Windows 11 with a TPM 1.2": {
      plan: (t) => t.kvm(guest("windows-11", UEFI, tpm("tpm-tis", "1.2"))),
      message: '"w" has version 1.2.',
      fix: 'set devices.tpms[0].backend.emulator.version to "2.0"',
      at: "devices.tpms[0].backend.emulator.version",
    },
    "Windows 11 with a TPM of the version that libvirt takes": {
      plan: (t) => t.kvm(guest("windows-11", UEFI, tpm(undefined))),
      message: '"w" has version 1.2, which libvirt takes when none is given.',
    },
    "Windows 11 on ARM without a TPM, whatever its firmware": {
      plan: (t) => t.kvm(guest("windows-11", ARM)),
      at: "devices.tpms",
    },
    "an emulated guest": (t) => t.tcg(guest("windows-11", TPM)),
    "Windows 11 with BIOS and without a TPM": { plan: (t) => t.kvm(guest("windows-11")), count: 2 },
  },
  passes: {
    "Windows 11 with UEFI and a TPM": (t) => t.kvm(guest("windows-11", UEFI, TPM)),
    "firmware that libvirt chooses": (t) => t.kvm(guest("windows-11", { os: { firmware: "efi" } }, TPM)),
    "a TPM whose model makes it 2.0": (t) => t.kvm(guest("windows-11", UEFI, tpm("tpm-crb"))),
    "a TPM 2.0 that is not the first": (t) =>
      t.kvm(
        guest("windows-11", UEFI, {
          devices: { tpms: [...tpm("tpm-tis", "1.2").devices.tpms, ...TPM.devices.tpms] },
        }),
      ),
    "Windows 11 on ARM, whose firmware the catalogue does not tell": (t) =>
      t.kvm(guest("windows-11", ARM, TPM)),
    "a system of which nobody says that it needs a TPM, with one": (t) => t.kvm(guest(OWN, TPM)),
    "systems that boot with both": (t) => t.kvm(guest("debian-12")).kvm(guest("debian-12", UEFI)),
    "a system for BIOS with BIOS": (t) => t.kvm(guest("solaris-10")).xenHvm(guest("windows-server-2022")),
    "a kernel that is booted directly": (t) => t.kvm(guest("macos-15", { os: { kernel: "/boot/vmlinuz" } })),
    "Xen guests without firmware: that is another rule's": (t) =>
      t.xenPv(guest("windows-11")).xenPvh(guest("windows-11")),
  },
  undetermined: {
    "firmware that is known only at apply": {
      plan: (t) => t.kvm(guest("windows-11", { os: { firmware: "${var.fw}" } }, TPM)),
      reason: "the guest's firmware or architecture is not known",
    },
    "an architecture that is known only at apply": {
      plan: (t) => t.kvm(guest("windows-11", { os: { type_arch: "${var.arch}" } }, TPM)),
      reason: "the guest's firmware or architecture is not known",
    },
    "a system of which it is not known": {
      plan: (t) => t.kvm(guest("linux")),
      reason: "whether Linux boots with BIOS is not known",
    },
    "UEFI where it is not known": {
      plan: (t) => t.kvm(guest("windows-7", UEFI)),
      reason: "whether Windows 7 boots with UEFI is not known",
    },
    "an architecture that nobody states": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(guest("macos-15", { os: { type_arch: null } })),
    "a system of which nobody says whether it needs a TPM": {
      plan: (t) => t.kvm(guest(OWN)),
      reason: "whether Own OS needs a TPM is not known",
    },
    "the same on Xen": (t) => t.xenHvm(guest(OWN, TPM)),
    "a TPM that is known only at apply": {
      plan: (t) => t.kvm(guest("windows-11", UEFI, tpm("tpm-tis", "${var.version}"))),
      reason: "a TPM is known only at apply",
    },
    "the host's own TPM": {
      plan: (t) => t.kvm(guest("windows-11", UEFI, passthrough)),
      reason: "the version of the host's own TPM is not known",
    },
    "no operating system": {
      plan: (t) => t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
      reason: "the guest's operating system is not stated",
    },
  },
});
