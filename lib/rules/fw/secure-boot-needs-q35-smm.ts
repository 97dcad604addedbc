import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { isQ35Machine, machineOf } from "../machine";

/** Secure Boot is only as good as the protection of its variables, which on x86 is System Management Mode. */
export const secureBootNeedsQ35Smm = defineRule({
  code: "VIRT-FW-001",
  slug: "secure-boot-needs-q35-smm",
  severity: "error",
  stage: "define",
  title: "Secure Boot needs machine Q35, x86_64 and SMM",
  why: "The variables of Secure Boot must be out of the guest's reach. On x86 that takes System Management Mode, which QEMU has on Q35 alone. libvirt refuses loaderSecure on another machine, another architecture, and beside an explicit loader without features.smm. A request by firmware feature is accepted and fails at start, as no firmware of the host satisfies it.",
  fix: "Use machine q35 and features.smm with state on, or do not ask for Secure Boot.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefBoot, qemu_firmware.c qemuFirmwareFillDomain, qemuFirmwareEnableFeatures",
    "tried: libvirt 9.0.0, define with loader secure=yes on pc: Secure boot is supported with q35 machine types only; for i686: for x86_64 architecture only; on q35 without smm or with smm off: requires SMM feature enabled; smm without state starts",
    "tried: firmware=efi with feature secure-boot or enrolled-keys on pc is defined and refused at start: Unable to find any firmware to satisfy 'efi'; on q35 with smm off: domain has SMM turned off but chosen firmware requires it; without smm it starts",
    "tried: an OVMF image with Secure Boot in its name starts without secure=yes and without smm: a path is no request",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.loaderSecure", "os.firmwareInfo"),
  *check(guest) {
    const request = requestOf(guest);
    if (request === undefined) return yield notApplicable;
    const { label, arch, host, domain } = guest;
    if (request === "late")
      return yield undetermined("whether Secure Boot is asked for is known only at apply");
    if (isLate(arch) || isLate(guest.machine) || isLate(domain.os?.firmware)) {
      return yield undetermined("the guest's machine, architecture or firmware is known only at apply");
    }
    const asks = `"${label}" asks for Secure Boot (${request})`;
    const byLoader = request === "os.loaderSecure";
    if (arch === undefined) return yield needsFacts(host);
    if (arch !== "x86_64" && byLoader) {
      yield fail({
        at: "os.typeArch",
        message: `${asks}, which libvirt has for x86_64 only, not for ${arch}.`,
        fix: "remove os.loaderSecure",
      });
      return;
    }
    // Firmware of other architectures protects its variables in other ways.
    if (!isX86(arch)) return yield notApplicable;

    const machine = machineOf(guest);
    if (machine === undefined) yield needsFacts(host);
    else if (!isQ35Machine(machine)) {
      yield fail({
        at: "os.typeMachine",
        message: `${asks}, which QEMU has on machine q35 only, not on ${machine}.`,
        fix: `set os.typeMachine to "q35", or remove ${request}`,
      });
    }
    const smm = domain.features?.smm;
    const state = smm && (smm.state ?? "on");
    if (isLate(state)) yield undetermined("features.smm is known only at apply");
    // libvirt switches SMM on by itself where it chooses the firmware.
    else if (state === "off" || (state === undefined && domain.os?.firmware === undefined)) {
      yield fail({
        at: "features.smm.state",
        message: `${asks}, but System Management Mode is ${state === "off" ? "switched off" : "not switched on"} (features.smm).`,
        fix: 'set features.smm to { state: "on" }',
      });
    }
    yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { type_machine: "pc", ...SECURE }, features: { smm: { state: "on" } } }),
    good: (plan) => plan.kvm({ os: { type_machine: "q35", ...SECURE }, features: { smm: { state: "on" } } }),
  },
});

const SECURE = {
  loader: "/usr/share/OVMF/OVMF_CODE_4M.ms.fd",
  loader_readonly: "yes",
  loader_secure: "yes",
  loader_type: "pflash",
};

/** The attribute that asks for Secure Boot. */
function requestOf({
  domain: { os },
}: PlanGuest): "late" | "os.loaderSecure" | "os.firmwareInfo" | undefined {
  if (os?.loaderSecure === "yes") return "os.loaderSecure";
  const features = os?.firmwareInfo?.features ?? [];
  const wanted = features.filter(
    ({ name, enabled }) => isLate(name) || isLate(enabled) || isRequest(name, enabled),
  );
  if (wanted.some(({ name, enabled }) => isRequest(name, enabled))) return "os.firmwareInfo";
  return isLate(os?.loaderSecure) || wanted.length > 0 ? "late" : undefined;
}

function isRequest(name: string | undefined, enabled: string | undefined): boolean {
  return (name === "secure-boot" || name === "enrolled-keys") && enabled === "yes";
}
