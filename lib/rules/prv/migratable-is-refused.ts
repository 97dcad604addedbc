import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, undetermined } from "../../rule";

/** A truth of the provider, which libvirt spells otherwise. */
export const migratableIsRefused = defineRule({
  code: "VIRT-PRV-104",
  slug: "migratable-is-refused",
  severity: "error",
  stage: "define",
  title: "cpu.migratable must not be set: the provider writes a word that libvirt refuses",
  why: "The provider writes yes or no, and libvirt takes on or off, so that a guest with either value cannot be defined. Without it libvirt lets a guest with the host's CPU migrate.",
  fix: "Remove cpu.migratable.",
  sources: [
    'measured: provider 0.9.7 writes <cpu migratable="yes"> for true',
    "tried: libvirt 9.0.0 refuses yes and no in every mode of CPU, and an apply of true with the provider fails: Invalid value for attribute 'migratable' in element 'cpu': 'yes'; it takes on with host-passthrough",
  ],
  needs: ["guest"],
  on: having(guests, "cpu.migratable"),
  check: ({ domain: { cpu }, label, existing }) => {
    if (existing) return notApplicable;
    if (isLate(cpu?.migratable)) return undetermined("whether cpu.migratable is set is known only at apply");
    return fail({
      at: "cpu.migratable",
      message: `"${label}" sets cpu.migratable to ${cpu?.migratable}, which the provider writes as "${cpu?.migratable ? "yes" : "no"}"; libvirt takes on and off alone.`,
      fix: cpu?.migratable
        ? "remove cpu.migratable: that a guest can migrate is the default"
        : "remove cpu.migratable; the provider has no way to say it",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu: { mode: "host-passthrough", migratable: true } }),
    good: (plan) => plan.kvm({ cpu: { mode: "host-passthrough" } }),
  },
});
