import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { isArm, isLateTpm, type Tpm, tpmBackend, tpmModel, tpmVersion } from "./tpm";

/** A TPM is a model in the guest, a backend behind it and a version between them, and not every mix exists. */
export const tpmConsistent = defineRule({
  code: "VIRT-FW-011",
  slug: "tpm-consistent",
  severity: "error",
  stage: "define",
  title: "A guest has one TPM, whose model, version and backend fit together",
  why: "TPM 1.2 exists as model tpm-tis on x86 alone, PCR banks are chosen for TPM 2.0, and a TPM needs something behind it: swtpm, the host's TPM, or a socket. Without a version libvirt gives tpm-tis on x86 version 1.2.",
  fix: "Use one TPM with an emulator backend of version 2.0.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefTPM, qemuValidateDomainDefTPMs; domain_validate.c virDomainTPMDevValidate; qemu_domain.c qemuDomainTPMDefPostParse",
    "tried: libvirt 9.0.0 with swtpm 0.7, define: tpm-crb with 1.2: Unsupported interface 'tpm-crb' for TPM 1.2; PCR banks with 1.2, and with tpm-tis of no version: <active_pcr_banks/> requires TPM version '2.0'; with tpm-crb of no version they are accepted; version 2.1: Invalid value; no backend: missing TPM device backend; an external one without a source: missing external TPM backend type; with tcp: only source type 'unix' is supported for external TPM device; of mode bind: only 'client' mode; without a path: missing socket path; two: only a single TPM non-proxy device is supported",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.tpms"),
  *check(guest) {
    const tpms = guest.domain.devices?.tpms ?? [];
    for (const [index, tpm] of tpms.entries()) yield checkTpm(guest, tpm, `devices.tpms[${index}]`);
    for (const kind of ["TPM", "TPM proxy"]) {
      const same = tpms.flatMap((tpm, index) =>
        !isLate(tpm.model) && (tpm.model === "spapr-tpm-proxy") === (kind === "TPM proxy") ? [index] : [],
      );
      if (same.length < 2) continue;
      yield fail({
        at: `devices.tpms[${same[1]}]`,
        message: `"${guest.label}" has ${same.length} TPMs; a guest can have one ${kind}.`,
        fix: `keep devices.tpms[${same[0]}] and remove the others`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "1.2" } } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] } }),
  },
});

function checkTpm(guest: PlanGuest, tpm: Tpm, path: string): Outcome {
  const { label, arch } = guest;
  if (isLateTpm(tpm, guest)) return undetermined("a TPM is known only at apply");
  if (tpmBackend(tpm) === undefined) {
    return fail({
      at: `${path}.backend`,
      message: `The TPM of "${label}" has no backend.`,
      fix: `set ${path}.backend to { emulator: { version: "2.0" } }`,
    });
  }
  const { external } = tpm.backend ?? {};
  const unix = external?.source?.unix;
  if (external && (!unix?.path || unix.mode === "bind")) {
    const what = unix?.path ? "its socket waits for connections (mode bind)" : "no UNIX socket says where";
    return fail({
      at: `${path}.backend.external.source`,
      message: `The TPM of "${label}" is outside (external), and ${what}.`,
      fix: 'set source: { unix: { mode: "connect", path: "/run/swtpm.sock" } }',
    });
  }
  const version = tpmVersion(tpm, guest);
  const at = `${path}.backend.emulator.version`;
  if (version !== undefined && version !== "1.2" && version !== "2.0") {
    return fail({
      at,
      message: `"${label}" asks for TPM version ${version}; there are 1.2 and 2.0.`,
      fix: `set ${at} to "2.0"`,
    });
  }
  const model = tpmModel(tpm, arch);
  if (version === "1.2" && (model !== "tpm-tis" || isArm(arch))) {
    return fail({
      at,
      message: `"${label}" asks for TPM 1.2 with model ${model} on ${arch}; TPM 1.2 exists only as tpm-tis on x86.`,
      fix: `set ${at} to "2.0"`,
    });
  }
  const banks = Object.entries(tpm.backend?.emulator?.activePcrBanks ?? {}).filter(
    ([, active]) => active === true,
  );
  if (version === "1.2" && banks.length > 0) {
    return fail({
      at,
      message: `"${label}" chooses PCR banks (${banks.map(([bank]) => bank).join(", ")}) for a TPM of version 1.2${
        tpm.backend?.emulator?.version === undefined ? ", which libvirt takes when none is given" : ""
      }; only TPM 2.0 has them.`,
      fix: `set ${at} to "2.0"`,
    });
  }
  return pass;
}
