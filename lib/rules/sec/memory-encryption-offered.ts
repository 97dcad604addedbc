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
import { whyNotDescribed } from "../hyp/offers";

/** Kinds of memory encryption, by libvirt's name for each in domain capabilities. */
const KINDS = {
  sev: { sectype: "sev", name: "AMD SEV" },
  sevsnp: { sectype: "sev-snp", name: "AMD SEV-SNP" },
  tdx: { sectype: "tdx", name: "Intel TDX" },
  s390Pv: { sectype: "s390-pv", name: "IBM Secure Execution" },
} as const;

/** Memory is encrypted by the CPU, so that CPU, firmware, kernel and QEMU must all be able to. */
export const memoryEncryptionOffered = defineRule({
  code: "VIRT-SEC-006",
  slug: "memory-encryption-offered",
  severity: "error",
  stage: "define",
  title: "Encrypted memory needs a host that offers it",
  why: "The CPU encrypts the memory of a guest with AMD SEV, Intel TDX or IBM Secure Execution. It must be switched on in the firmware and the kernel, and QEMU must know it; domain capabilities show what came of that, and libvirt refuses the rest.",
  fix: "Switch it on in the firmware and the kernel of the host and capture its facts again, place the guest on a host that offers it, or remove launchSecurity.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef, launchSecurity; formatdomaincaps: sev, launchSecurity",
    "tried: libvirt 9.0.0 whose domain capabilities say <sev supported='no'/> refuses launchSecurity of type sev at define: SEV launch security is not supported with this QEMU binary",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "launchSecurity"),
  check: (guest): Outcome => {
    const { launchSecurity } = guest.domain;
    const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
    if (isLate(launchSecurity) || isLate(launchSecurity?.s390Pv)) {
      return undetermined("the guest's launch security is known only at apply");
    }
    const kind = kinds.find((each) => (launchSecurity?.[each] ?? false) !== false);
    if (kind === undefined) return notApplicable;
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);
    const offered = isOffered(guest, KINDS[kind].sectype);
    if (offered === undefined) return needsFacts(guest.host);
    if (offered) return pass;
    const { name } = KINDS[kind];
    return fail({
      at: `launchSecurity.${kind}`,
      message: `"${guest.label}" asks for ${name}, which "${guest.host.label}" does not offer.`,
      fix: `switch ${name} on in the firmware and kernel of ${guest.host.label} and capture its facts again, or remove launchSecurity`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", withSev(false)).kvm(SEV),
    good: (plan) => plan.kvmHost("kvm1", withSev(true)).kvm(SEV),
  },
});

/** Undefined where the facts do not tell. */
function isOffered({ host, arch, domain }: PlanGuest, sectype: string): boolean | undefined {
  if (arch === undefined || isLate(arch)) return undefined;
  const features = host.facts?.domainCapabilitiesFor(domain.type, arch)?.features;
  if (features === undefined) return undefined;
  const { sev, launchSecurity } = features;
  const listed = launchSecurity?.enums.sectype;
  if (listed !== undefined) return listed.includes(sectype);
  if (sectype === "sev") return sev?.supported;
  // SEV-SNP is an extension of SEV.
  return sectype === "sev-snp" && sev?.supported === false ? false : undefined;
}

const SEV = {
  launch_security: {
    sev: { policy: 1, cbit_pos: 47, reduced_phys_bits: 1, dh_cert: "AAAA", session: "AAAA" },
  },
};

function withSev(supported: boolean) {
  return {
    facts: {
      domainCapabilities: [
        {
          virtType: "kvm",
          arch: "x86_64",
          machine: "pc-q35-7.2",
          cpuModes: {},
          cpuModels: [],
          devices: {},
          features: { sev: { supported, enums: {} } },
        },
      ],
    },
  };
}
