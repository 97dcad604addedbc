import { isLate } from "../../plan/late";
import { defineRule, emulatedGuests, fail, needsFacts, pass, undetermined } from "../../rule";
import { whyNotDescribed } from "./offers";

/** Without KVM, QEMU translates the guest's code; where the host has KVM there is rarely a reason to. */
export const tcgAlthoughKvmOffered = defineRule({
  code: "VIRT-HYP-005",
  slug: "tcg-although-kvm-offered",
  severity: "warning",
  stage: "advice",
  title: "A guest should use KVM where the host offers it",
  why: "An emulated guest is many times slower, and QEMU's developers do not call the emulator a security boundary: a guest that breaks out of it is no security bug to them.",
  fix: "Use accelerator kvm (domain type kvm).",
  sources: [
    "article: QEMU mode is very slow",
    "QEMU docs/system/security.rst, non-virtualization use case",
    "SUSE virt_support.xml: TCG is not supported",
  ],
  needs: ["guest", "host facts"],
  on: emulatedGuests,
  check: (guest) => {
    const { host, label, osType, arch } = guest;
    if (!host.facts?.data.guests) return needsFacts(host);
    if (isLate(osType) || isLate(arch) || arch === undefined) {
      return undetermined("the guest's architecture is known only at apply");
    }
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);
    if (!host.facts.offersDomainType(osType ?? "hvm", arch, "kvm")) return pass;
    return fail({
      at: "type",
      message: `"${label}" is emulated although "${host.label}" offers KVM for ${arch}: it will be very slow, and emulation isolates it less.`,
      fix: 'set accelerator: "kvm" (domain type kvm)',
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").tcg(),
    good: (plan) => plan.kvmHost("kvm1").kvm(),
  },
});
