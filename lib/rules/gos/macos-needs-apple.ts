import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";

/** Apple sells its system for its own machines. */
export const macosNeedsApple = defineRule({
  code: "VIRT-GOS-010",
  slug: "macos-needs-apple",
  severity: "warning",
  stage: "advice",
  title: "A macOS guest needs hardware of Apple, by licence, and setting up by hand",
  why: "Apple's licence allows virtual machines on Apple's own hardware only, and the system looks for it: elsewhere it needs a boot loader such as OpenCore, and a CPU model and network card that it knows. No vendor supports that.",
  fix: "Run it on Apple hardware, or acknowledge that you have seen to licence and setup.",
  sources: ["article: KVM runs Mac OS X", "the catalogue of guest operating systems, licence"],
  needs: ["guest", "operating system"],
  on: guests,
  check: ({ os, label }) => {
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (os.family !== "macos") return notApplicable;
    if (os.licence === undefined) return pass;
    return fail({
      at: "os",
      message: `${os.name} of "${label}": ${os.licence}.`,
      fix: "see to the licence, and to a boot loader where the host is no Apple machine; then acknowledge this",
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ intent: { os: "macos-14" }, memory: 8, vcpu: 2 }),
    good: (plan) => plan.kvm(),
  },
  alsoFails: ["VIRT-GOS-004", "VIRT-PERF-008"],
});
