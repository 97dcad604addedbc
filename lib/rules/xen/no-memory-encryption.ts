import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, type Outcome, undetermined, xenGuests } from "../../rule";

const KINDS = { sev: "AMD SEV", sevsnp: "AMD SEV-SNP", tdx: "Intel TDX", s390Pv: "IBM Secure Execution" };

/** A guest that was to be hidden from its host runs in the open, and everything says otherwise. */
export const noMemoryEncryption = defineRule({
  code: "VIRT-XEN-046",
  slug: "no-memory-encryption",
  severity: "error",
  stage: "silent",
  title: "A Xen guest's memory is not encrypted",
  why: "libvirt's Xen driver accepts launchSecurity and passes it on to nobody. The guest starts with plain memory, while the XML of the running guest goes on to say that it is protected.",
  fix: "Remove launchSecurity, or run the guest on KVM on a host that offers it.",
  sources: [
    "tried: Xen 4.17, libvirt 9.0.0, HVM with launchSecurity sev: starts, the JSON configuration has no trace of it, QEMU runs machine xenfv without confidential guest, and the XML of the running guest keeps sev",
    "libvirt domcapabilities of Xen: sev supported=no; the other kinds by the source alone",
  ],
  needs: ["guest"],
  on: having(xenGuests, "launchSecurity"),
  check: ({ domain, label }): Outcome => {
    const { launchSecurity } = domain;
    if (launchSecurity === undefined) return notApplicable;
    if (isLate(launchSecurity)) return undetermined("the guest's launch security is known only at apply");
    const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
    const kind = kinds.find((each) => launchSecurity[each] !== undefined && launchSecurity[each] !== false);
    if (kind === undefined) return notApplicable;
    if (kind === "s390Pv" && isLate(launchSecurity.s390Pv)) {
      return undetermined("the guest's launch security is known only at apply");
    }
    return fail({
      at: `launchSecurity.${kind}`,
      message: `"${label}" asks for ${KINDS[kind]}: under Xen it would start with plain, unencrypted memory, and its XML would still claim the protection.`,
      fix: `remove launchSecurity, or run "${label}" as KvmGuest on a host that offers ${KINDS[kind]}`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ launch_security: { sev: { policy: 3 } } }),
    good: (plan) => plan.xenHvm(),
  },
});
