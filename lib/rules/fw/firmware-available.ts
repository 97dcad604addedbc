import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf, whyNotDescribed } from "../hyp/offers";

/** libvirt chooses firmware among what the host's packages describe. */
export const firmwareAvailable = defineRule({
  code: "VIRT-FW-008",
  slug: "firmware-available",
  severity: "error",
  stage: "start",
  title: "The host must have firmware that satisfies the request",
  why: "With os.firmware libvirt looks through the firmware descriptors of the host for one that fits architecture, machine and wished features. Domain capabilities list the kinds that can be found. Where none fits the guest is defined and does not start.",
  fix: "Install the firmware (the packages ovmf or edk2-ovmf have UEFI for x86), or ask for what the host has.",
  sources: [
    "libvirt qemu_firmware.c qemuFirmwareFillDomain, qemuFirmwareGetSupported; domain_validate.c virDomainDefOSValidate",
    "tried: libvirt 9.0.0 on a host whose domain capabilities list efi alone, start with firmware bios: Unable to find any firmware to satisfy 'bios'; for i686, whose capabilities list none, with efi: the same",
    "tried: libvirt 9.0.0, define of enrolled-keys on and secure-boot off: firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "os.firmware"),
  *check(guest): Iterable<Outcome> {
    const { firmware, firmwareInfo } = guest.domain.os ?? {};
    if (firmware === undefined) return yield notApplicable;
    const features = firmwareInfo?.features ?? [];
    const asksFor = (name: string, enabled: string) =>
      features.some((feature) => feature.name === name && feature.enabled === enabled);
    if (asksFor("enrolled-keys", "yes") && asksFor("secure-boot", "no")) {
      yield fail({
        at: "os.firmwareInfo.features",
        message: `"${guest.label}" wants firmware with enrolled keys and without Secure Boot, whose keys they are.`,
        fix: "enable secure-boot, or disable enrolled-keys",
      });
      return;
    }
    yield checkHost(guest, firmware, asksFor("secure-boot", "yes") || asksFor("enrolled-keys", "yes"));
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ os: { firmware: "bios" } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ running: false, os: { firmware: "efi" } }),
  },
});

function checkHost(guest: PlanGuest, firmware: string, secure: boolean): Outcome {
  const { host, label, arch, machine, domain } = guest;
  if (isLate(firmware) || isLate(arch) || isLate(machine)) {
    return undetermined("the guest's firmware, machine or architecture is known only at apply");
  }
  const unknown = whyNotDescribed(guest);
  if (unknown !== undefined) return undetermined(unknown);
  const capabilities =
    arch === undefined ? undefined : host.facts?.domainCapabilitiesFor(domain.type, arch, machine);
  if (!capabilities?.firmware) return needsFacts(host);
  if (!capabilities.firmware.includes(firmware)) {
    const others = capabilities.firmware;
    return fail({
      at: "os.firmware",
      message: `"${label}" asks for firmware ${firmware}, for which "${host.label}" has no image${others.length > 0 ? `: it offers ${anyOf(others)}` : ""}.`,
      fix:
        firmware === "bios"
          ? "remove os.firmware: without it the guest boots with QEMU's own BIOS"
          : `install UEFI firmware on ${host.label} (package ovmf or edk2-ovmf) and capture its facts again`,
    });
  }
  if (!secure || capabilities.secureLoader !== false) return pass;
  return fail({
    at: "os.firmwareInfo.features",
    message: `"${label}" asks for firmware with Secure Boot, for which "${host.label}" has no image${machine ? ` on machine ${machine}` : ""}.`,
    fix: `install UEFI firmware with Secure Boot on ${host.label} and capture its facts again, or remove os.firmwareInfo`,
  });
}
