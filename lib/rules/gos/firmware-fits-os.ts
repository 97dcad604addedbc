import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { isLateTpm, tpmVersion } from "../fw/tpm";

/** Systems are built for BIOS, for UEFI or both, and Windows 11 wants a TPM beside. */
export const firmwareFitsOs = defineRule({
  code: "VIRT-GOS-004",
  slug: "firmware-fits-os",
  severity: "error",
  stage: "boot",
  title: "A guest needs the firmware and the TPM that its operating system demands",
  why: "Windows 11 and macOS boot with UEFI only, some older systems with BIOS only: with the other firmware the guest finds nothing to boot. Windows 11 also refuses to be installed without a TPM of version 2.0, and an emulated TPM without a version is 1.2.",
  fix: "Boot the guest with the firmware that its system supports, and give Windows 11 a TPM 2.0.",
  sources: [
    "the catalogue of guest operating systems",
    "osinfo-db win-11.xml, firmware bios supported=false",
    "Microsoft: Windows 11 requirements (UEFI, TPM 2.0)",
    "tried: libvirt 9.0.0 makes a TPM without model and version tpm-tis 1.2; Xen 4.17 gives a guest no TPM, whatever its definition says",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  *check(guest) {
    const { mode, os } = guest;
    // Xen PV and PVH guests have no firmware.
    if (mode === "xen-pv" || mode === "xen-pvh") return yield notApplicable;
    if (os === undefined) return yield undetermined("the guest's operating system is not stated");
    yield checkFirmware(guest);
    yield checkTpm(guest);
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        intent: { os: "windows-11", virtioDrivers: "in-image" },
        memory: 8,
        devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] },
      }),
    good: (plan) =>
      plan.kvm({
        intent: { os: "windows-11", virtioDrivers: "in-image" },
        memory: 8,
        os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.ms.fd", loader_readonly: "yes", loader_type: "pflash" },
        devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] },
      }),
  },
  alsoFails: ["VIRT-GOS-009"],
});

function checkFirmware({ label, os, arch, uefi, domain }: PlanGuest): Outcome {
  // A kernel that is booted directly meets no firmware; the catalogue speaks of x86.
  if (domain.os?.kernel !== undefined) return notApplicable;
  if (uefi === undefined || arch === undefined || isLate(arch)) {
    return undetermined("the guest's firmware or architecture is not known");
  }
  if (!isX86(arch)) return notApplicable;
  const supported = uefi ? os!.firmware.uefi : os!.firmware.bios;
  if (supported) return pass;
  const has = uefi ? "UEFI" : "BIOS";
  if (supported === undefined) return undetermined(`whether ${os!.name} boots with ${has} is not known`);
  return fail({
    at: "os.loader",
    message: `${os!.name} does not boot with ${has}, which "${label}" has.`,
    fix: uefi
      ? "remove os.firmware, os.loader and os.nvRam, so that the guest boots with BIOS"
      : 'set firmware: Firmware.uefi(), which is os.loader with an OVMF image of the host, os.loaderType to "pflash", os.loaderReadonly to "yes" and os.nvRam',
  });
}

function checkTpm(guest: PlanGuest): Outcome {
  const { label, os, isXen, domain } = guest;
  if (os!.tpm === "none") return pass;
  const tpms = domain.devices?.tpms ?? [];
  const versions = tpms.map((tpm) => tpmVersion(tpm, guest));
  if (!isXen) {
    if (tpms.some((tpm) => isLateTpm(tpm, guest))) return undetermined("a TPM is known only at apply");
    if (versions.includes("2.0")) return pass;
  }
  if (os!.tpm === undefined) return undetermined(`whether ${os!.name} needs a TPM is not known`);
  const needs = `${os!.name} needs a TPM of version 2.0 to be installed`;
  if (isXen) {
    return fail({
      at: "devices.tpms",
      message: `${needs}, and Xen gives "${label}" none.`,
      fix: `place "${label}" on a KVM host`,
    });
  }
  if (versions.includes(undefined)) return undetermined("the version of the host's own TPM is not known");
  const [version] = versions;
  return fail({
    at: version === undefined ? "devices.tpms" : "devices.tpms[0].backend.emulator.version",
    message: `${needs}, "${label}" has ${
      version === undefined
        ? "none"
        : `version ${version}${tpms[0]!.backend?.emulator?.version === undefined ? ", which libvirt takes when none is given" : ""}`
    }.`,
    fix:
      version === undefined
        ? 'set tpm: true, which is { model: "tpm-crb", backend: { emulator: { version: "2.0" } } } in devices.tpms'
        : 'set devices.tpms[0].backend.emulator.version to "2.0"',
  });
}
