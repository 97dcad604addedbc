import type { GuestOffer } from "../../host-facts/facts";
import { isArm } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { allOf, anyOf, connectedTo, whyNotDescribed } from "./offers";

/** libvirt looks up os type, architecture and domain type together in what the hypervisor offers. */
export const hostOffersGuest = defineRule({
  code: "VIRT-HYP-002",
  slug: "host-offers-guest",
  severity: "error",
  stage: "define",
  title: "The host must offer the guest's os type, architecture and domain type together",
  why: "A hypervisor runs some kinds of guest and no others: KVM only its own family of architectures, QEMU only those whose emulator is installed, Xen what its capability string lists.",
  fix: "Place the guest on a host of its architecture, change the architecture, or install the emulator for it and run the guest with accelerator tcg.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef; capabilities.c virCapabilitiesDomainSupported; domain_conf.c virDomainDefParseCaps",
    "tried: libvirt 9.0.0 on x86_64, define of an aarch64 guest, type kvm and type qemu: No emulator found for arch 'aarch64'; of arch amd64: Unknown architecture amd64; of type hvf: does not support virt type 'hvf'; without os type: an os <type> must be specified",
    "tried: Xen 4.17, libvirt 9.0.0, define of a type that is not listed: could not find capabilities",
  ],
  needs: ["guest", "host facts"],
  acknowledgeable: false,
  on: guests,
  check: (guest, plan) => {
    const { domain, osType, arch, host, label } = guest;
    if (osType === undefined) {
      return fail({
        at: "os.type",
        message: `"${label}" states no os type, and libvirt refuses a domain without one.`,
        fix: `set os.type to "hvm"${guest.isXen ? ', "xen" (PV) or "xenpvh"' : ""}`,
      });
    }
    const offers = host.facts?.data.guests;
    if (!host.facts || !offers) return needsFacts(host);
    if (isLate(domain.type) || isLate(osType) || isLate(arch) || arch === undefined) {
      return undetermined("the guest's type or architecture is known only at apply");
    }
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);
    if (host.facts.offersDomainType(osType, arch, domain.type)) return pass;
    if (isSaidElsewhere(guest)) return notApplicable;

    const others = plan.hostsOffering(osType, arch, domain.type).map((each) => each.label);
    const ofKind = offers.filter(
      (offer) => offer.osType === osType && offer.domainTypes.includes(domain.type),
    );
    const emulated = domain.type === "kvm" && host.facts.offersDomainType(osType, arch, "qemu");
    const ways = [
      ...(others.length > 0 ? [`place "${label}" on ${anyOf(others)}`] : []),
      ...(ofKind.length > 0 ? [`set os.typeArch to ${anyOf(architectures(ofKind))}`] : []),
      ...(emulated ? ['set accelerator: "tcg" and accept that it is very slow'] : []),
    ];
    return fail({
      at:
        ofKind.length > 0
          ? "os.typeArch"
          : offers.some((offer) => offer.osType === osType)
            ? "type"
            : "os.type",
      message: `"${host.label}" offers no ${osType} guest of type ${domain.type} for ${arch}, which "${label}" is. It offers ${offered(offers)}.`,
      fix: ways.join(", or ") || `place "${label}" on a host that offers it`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ running: false, os: { type_arch: "aarch64", type_machine: null, firmware: "efi" } }),
    good: (plan) => plan.kvmHost("kvm1").kvm(),
  },
});

/** Other rules know the reason better: VIRT-HYP-001, -007, -010, VIRT-XEN-001, -004 and -011. */
function isSaidElsewhere(guest: PlanGuest): boolean {
  const { host, osType, arch } = guest;
  const connected = connectedTo(host);
  if ((guest.isXen || guest.isQemu) && connected !== undefined && (connected === "xen") !== guest.isXen)
    return true;
  if (guest.isQemu && osType !== "hvm") return true;
  const offered = host.facts?.hardwareVirtualization;
  if (guest.mode === "kvm") return offered === false;
  if (guest.mode === "xen-pv") return arch === "i686" && !isArm(host.arch);
  return (guest.mode === "xen-hvm" || guest.mode === "xen-pvh") && offered === false;
}

function architectures(offers: readonly GuestOffer[]): string[] {
  return [...new Set(offers.map((offer) => offer.arch))];
}

/** `hvm (qemu, kvm) for x86_64 and i686`, each os type with its domain types. */
function offered(offers: readonly GuestOffer[]): string {
  const kinds = new Map<string, GuestOffer[]>();
  for (const offer of offers) {
    const kind = `${offer.osType} (${offer.domainTypes.join(", ")})`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), offer]);
  }
  const texts = [...kinds].map(([kind, ofKind]) => `${kind} for ${allOf(architectures(ofKind))}`);
  return texts.join("; ") || "no guests at all";
}
