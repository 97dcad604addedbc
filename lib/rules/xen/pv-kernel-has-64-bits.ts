import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, undetermined, xenGuests } from "../../rule";
import { isAtLeast } from "../versions";
import { isKind, lateKind } from "./xen-mode";

/** The first Linux without the 32-bit entry point for PV. */
const REMOVED_IN = "5.9";

/** Linux threw out what it took a 32-bit kernel to run paravirtualized. */
export const pvKernelHas64Bits = defineRule({
  code: "VIRT-XEN-003",
  slug: "pv-kernel-has-64-bits",
  severity: "error",
  stage: "boot",
  title: "A 32-bit Linux kernel of version 5.9 or later cannot boot as Xen PV",
  why: "Linux 5.9 removed the support for 32-bit PV guests: XEN_PV depends on X86_64. A newer 32-bit kernel has no entry point that Xen could start.",
  fix: "Use the 64-bit system, or XenHvmGuest.",
  sources: [
    "Linux arch/x86/xen/Kconfig XEN_PV; Linux 5.9, removal of 32-bit Xen PV guest support",
    "the catalogue of guest operating systems: version of the kernel",
  ],
  needs: ["guest", "operating system"],
  on: xenGuests,
  check: (guest): Outcome => {
    const { arch, os, label, domain } = guest;
    if (arch !== "i686" && !isLate(arch)) return notApplicable;
    const pv = isKind(guest, "xen-pv");
    if (pv === false) return notApplicable;
    if (isLate(arch)) return undetermined("the guest's architecture is known only at apply");
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (os.family !== "linux") return notApplicable;
    const removed = isAtLeast(os.kernel, REMOVED_IN);
    if (removed === undefined) return undetermined(`the version of ${os.name}'s kernel is not known`);
    if (!removed) return pass;
    if (pv === undefined) return lateKind;
    // Metadata names the system on the disk; only its user knows which kernel the file beside it is.
    const guessed = guest.intent?.os === undefined && domain.os?.kernel !== undefined;
    return fail({
      severity: guessed ? "warning" : "error",
      at: "os.typeArch",
      message: `"${label}" is a 32-bit PV guest, and ${os.name} has Linux ${os.kernel}${guessed ? `, unless ${domain.os?.kernel} is another kernel` : ""}: 32-bit PV ended with Linux ${REMOVED_IN}.`,
      fix: `set os.typeArch to "x86_64" and use the 64-bit system, or use XenHvmGuest`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHost("xen1", { facts: accepting32Bits }).xenPv({ os: { type_arch: "i686" }, intent: debian }),
    good: (plan) => plan.xenPv({ os: { type_arch: "x86_64" }, intent: debian }),
  },
  alsoFails: ["VIRT-XEN-004"],
});

const debian = { os: "debian-12" };
const accepting32Bits = {
  guests: ["x86_64", "i686"].map((arch) => ({
    osType: "xen",
    arch,
    domainTypes: ["xen"],
    machines: [{ name: "xenpv" }],
  })),
};
