import { GuestOs, type GuestOsFamily } from "../../guest-os";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** The families that KVM was made to run, and those that the catalogue vouches for. */
const KNOWN_FAMILIES: readonly GuestOsFamily[] = ["windows", "linux", "solaris", "macos"];

/** What nobody knows anything of, nobody can check. */
export const knownOperatingSystem = defineRule({
  code: "VIRT-GOS-001",
  slug: "known-operating-system",
  severity: "warning",
  stage: "advice",
  title: "A guest's operating system should be one of which something is known",
  why: "KVM runs Windows, Linux, Solaris and macOS, and others that resemble them. An identifier that the catalogue does not have means that no rule on operating systems can look at the guest: minimum memory, firmware, drivers.",
  fix: "Name a system of the catalogue, or describe your own with GuestOs.of.",
  sources: ["article: guests of KVM", "the catalogue of guest operating systems"],
  needs: ["guest"],
  on: guests,
  check: ({ os, osinfoId, label, intent }) => {
    if (os === undefined && osinfoId !== undefined) {
      return fail({
        at: "metadata.xml",
        message: `"${label}" names the operating system ${osinfoId}, of which the catalogue knows nothing.`,
        fix: "set os to a system of the catalogue, or describe it with GuestOs.of",
      });
    }
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (intent?.os === undefined || GuestOs.findById(os.id) !== undefined) return pass;
    if (KNOWN_FAMILIES.includes(os.family)) return pass;
    return fail({
      at: "os",
      message: `${os.name} of "${label}" is of family ${os.family} and not in the catalogue: whether it runs as a guest nobody has said.`,
      fix: "try it first, and acknowledge this finding",
    });
  },
  examples: {
    bad: (plan) =>
      plan.resource("libvirt_domain", "a", {
        name: "a",
        type: "kvm",
        memory: 1,
        memory_unit: "GiB",
        cpu: { mode: "host-model" },
        os: { type: "hvm", type_arch: "x86_64", type_machine: "q35" },
        metadata: {
          xml: '<libosinfo:libosinfo xmlns:libosinfo="x"><libosinfo:os id="http://example.net/plan9/4"/></libosinfo:libosinfo>',
        },
      }),
    good: (plan) => plan.kvm({ intent: { os: "debian-12" } }),
  },
  alsoFails: ["VIRT-BOOT-004", "VIRT-GOS-017"],
});
