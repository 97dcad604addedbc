import { isArm } from "../../plan/arch";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  undetermined,
  xenGuests,
} from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** Xen can be built without 32-bit PV, and loses it where control-flow enforcement protects the hypervisor. */
export const hostAccepts32BitPv = defineRule({
  code: "VIRT-XEN-004",
  slug: "host-accepts-32-bit-pv",
  severity: "error",
  stage: "define",
  title: "The Xen host must accept 32-bit PV guests",
  why: "A hypervisor without PV32, which is the default of many builds and follows from shadow stacks, lists no xen-3.0-x86_32p among its capabilities, and libvirt refuses a 32-bit PV guest. Where it is listed it is a warning: Xen supports it with caveats only, as such guests run without some protections against speculation.",
  fix: "Use a 64-bit kernel, or XenHvmGuest.",
  sources: [
    "Xen xen/arch/x86/Kconfig PV32; SUPPORT.md x86/PV",
    "libvirt libxl_capabilities.c libxlCapsInitGuests",
    "tried: Xen 4.17 of Debian 12: xen_caps has no xen-3.0-x86_32p, and libvirt 9.0.0 lists PV for x86_64 alone",
  ],
  needs: ["guest", "host facts"],
  on: xenGuests,
  check: (guest, plan): Outcome => {
    const { arch, host, label } = guest;
    // On ARM hosts there is no x86 at all, which another rule says.
    if ((arch !== "i686" && !isLate(arch)) || isArm(host.arch)) return notApplicable;
    const pv = isKind(guest, "xen-pv");
    if (pv === false) return notApplicable;
    if (isLate(arch)) return undetermined("the guest's architecture is known only at apply");
    if (pv === undefined) return lateKind;
    const offered = host.facts?.offersDomainType("xen", "i686", "xen");
    if (offered === undefined) return needsFacts(host);
    const others = plan.hostsOffering("hvm", "i686", "xen").map((each) => each.label);
    const hvm = `XenHvmGuest${others.length > 0 ? ` (on ${others.join(" or ")})` : ""}`;
    return fail({
      severity: offered ? "warning" : "error",
      at: "os.typeArch",
      message: offered
        ? `"${label}" is a 32-bit PV guest, which Xen supports with caveats only: it runs without some protections against speculation.`
        : `"${host.label}" accepts no 32-bit PV guests, which "${label}" is: its Xen lists no xen-3.0-x86_32p.`,
      fix: `set os.typeArch to "x86_64" and use a 64-bit kernel, or use ${hvm}`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHost("xen1").xenPv({ os: { type_arch: "i686" }, intent: { os: "debian-10" } }),
    good: (plan) => plan.xenHost("xen1").xenPv({ os: { type_arch: "x86_64" } }),
  },
});
