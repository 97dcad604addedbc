import type { Offer } from "../../host-facts/facts";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf, whyNotDescribed } from "../hyp/offers";
import { isLateTpm, type Tpm, tpmBackend, tpmModel, tpmVersion } from "./tpm";

/** An emulated TPM is a program of the host, swtpm, and QEMU must know the device. */
export const tpmOffered = defineRule({
  code: "VIRT-FW-012",
  slug: "tpm-offered",
  severity: "error",
  stage: "define",
  title: "The host must offer the guest's TPM",
  why: "An emulated TPM is swtpm, a program that the host must have; a model of TPM is a device that QEMU must know for the guest's machine. Domain capabilities list both, and libvirt refuses what they do not list.",
  fix: "Install swtpm on the host and capture its facts again, or remove the TPM.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefTPM, qemu_capabilities.c virQEMUCapsFillDomainDeviceTPMCaps",
    "tried: libvirt 9.0.0 on x86, define of tpm-spapr: does not support TPM model tpm-spapr; without swtpm the capabilities list backend passthrough alone, with it emulator and external and the versions 1.2 and 2.0",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "devices.tpms"),
  *check(guest) {
    for (const [index, tpm] of (guest.domain.devices?.tpms ?? []).entries()) {
      yield checkTpm(guest, tpm, `devices.tpms[${index}]`);
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", WITHOUT_SWTPM)
        .kvm({ devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] } }),
  },
});

function checkTpm(guest: PlanGuest, tpm: Tpm, path: string): Outcome {
  const { host, label, arch, machine } = guest;
  const backend = tpmBackend(tpm);
  if (isLateTpm(tpm, guest) || isLate(machine))
    return undetermined("a TPM or the machine is known only at apply");
  if (backend === undefined) return pass;
  const offer = arch && offeredTpm(guest, arch, machine);
  if (!offer) return needsFacts(host);
  const unknown = whyNotDescribed(guest);
  if (unknown !== undefined) return undetermined(unknown);
  const { model, backendModel, backendVersion } = offer.enums;
  const refuse = (at: string, wanted: string, offered: readonly string[] | undefined, fix: string) =>
    fail({
      at: `${path}.${at}`,
      message: `"${label}" wants ${wanted}, which "${host.label}" does not offer${offered?.length ? `: it offers ${anyOf(offered)}` : ""}.`,
      fix: `${fix}, or remove ${path}`,
    });
  if (!offer.supported) return refuse("model", "a TPM", [], `place "${label}" on a host whose QEMU has TPMs`);
  const wantedModel = tpmModel(tpm, arch);
  if (model && !model.includes(wantedModel)) {
    return refuse("model", `TPM model ${wantedModel}`, model, `set ${path}.model to ${anyOf(model)}`);
  }
  if (backendModel && !backendModel.includes(backend)) {
    return backend === "emulator"
      ? refuse("backend.emulator", "an emulated TPM", backendModel, installSwtpm(guest))
      : refuse(
          `backend.${backend}`,
          `TPM backend ${backend}`,
          backendModel,
          `use one of ${anyOf(backendModel)}`,
        );
  }
  const version = tpmVersion(tpm, guest);
  if (version !== undefined && backendVersion && !backendVersion.includes(version)) {
    return refuse("backend.emulator.version", `TPM version ${version}`, backendVersion, installSwtpm(guest));
  }
  return pass;
}

function installSwtpm({ host }: PlanGuest): string {
  return `install swtpm on ${host.label} (packages swtpm and swtpm-tools) and capture its facts again`;
}

/** What the domain capabilities say of TPMs, those of the guest's machine first. */
function offeredTpm(
  { host, domain }: PlanGuest,
  arch: string,
  machine: string | undefined,
): Offer | undefined {
  const { facts } = host;
  const capabilities =
    facts?.domainCapabilitiesFor(domain.type, arch, machine) ??
    facts?.domainCapabilitiesFor(domain.type, arch);
  return capabilities?.devices.tpm;
}

/** A host without swtpm. */
const WITHOUT_SWTPM = {
  facts: {
    domainCapabilities: [
      {
        virtType: "kvm",
        arch: "x86_64",
        cpuModes: {},
        cpuModels: [],
        devices: {
          tpm: { supported: true, enums: { model: ["tpm-tis", "tpm-crb"], backendModel: ["passthrough"] } },
        },
        features: {},
      },
    ],
  },
};
