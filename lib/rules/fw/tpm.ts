import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesTpms } from "../../provider/domain";

export type Tpm = Planned<DomainDevicesTpms>;

/** The model of a TPM; libvirt's default is tpm-spapr on POWER and tpm-tis elsewhere. */
export function tpmModel(tpm: Tpm, arch: string | undefined): string {
  return tpm.model ?? (arch?.startsWith("ppc64") ? "tpm-spapr" : "tpm-tis");
}

/**
 * The version of an emulated TPM: its own, else what libvirt takes, which for tpm-tis on x86 is 1.2 to this day.
 * Undefined for a TPM of the host, of which only the host knows.
 */
export function tpmVersion(tpm: Tpm, guest: PlanGuest): string | undefined {
  const emulator = tpm.backend?.emulator;
  if (!emulator) return undefined;
  if (emulator.version !== undefined) return emulator.version;
  const { arch } = guest;
  return tpmModel(tpm, arch) === "tpm-tis" && !isArm(arch) ? "1.2" : "2.0";
}

/** What stands behind a TPM: `emulator`, `passthrough` or `external`. */
export function tpmBackend({ backend }: Tpm): string | undefined {
  if (backend?.emulator) return "emulator";
  return backend?.passthrough ? "passthrough" : backend?.external ? "external" : undefined;
}

/** Whether only apply knows what a TPM is. */
export function isLateTpm(tpm: Tpm, { arch }: PlanGuest): boolean {
  return [tpm, tpm.model, tpm.backend, tpm.backend?.emulator, tpm.backend?.emulator?.version, arch].some(
    isLate,
  );
}

export function isArm(arch: string | undefined): boolean {
  return arch === "aarch64" || arch === "armv7l";
}
