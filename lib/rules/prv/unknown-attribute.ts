import { defineRule, fail, resourcesWithIssues } from "../../rule";

/** Terraform drops a nested attribute that the provider does not know, in JSON and in HCL, and calls it valid. */
export const unknownAttribute = defineRule({
  code: "VIRT-PRV-003",
  slug: "unknown-attribute",
  severity: "error",
  stage: "silent",
  title: "Every attribute must be one of the provider's, with a value of its type",
  why: "A misspelt nested attribute is dropped without a word: `disks = [{ sauce = … }]` is valid and the disk has no source.",
  fix: "Write the attribute as the provider does.",
  sources: [
    "measured: Terraform 1.11.4 with provider 0.9.7 accepts os.kernel_args and disks[0].sauce and drops both",
    "schema of dmacvicar/libvirt 0.9.7",
  ],
  needs: ["guest"],
  on: resourcesWithIssues,
  *check(resource) {
    for (const { kind, at, message, fix } of resource.attributeIssues) {
      if (kind === "unknown" || kind === "type")
        yield fail({ at, message: `"${resource.label}": ${message}.`, fix });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { kernel_args: "console=ttyS0" } }),
    good: (plan) => plan.kvm({ os: { kernel: "/boot/vmlinuz", cmdline: "console=ttyS0" } }),
  },
});
