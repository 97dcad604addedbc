import { defineRule, fail, resourcesWithIssues } from "../../rule";

/** What libvirt or the provider decides cannot be asked for. */
export const readOnlyAttribute = defineRule({
  code: "VIRT-PRV-004",
  slug: "read-only-attribute",
  severity: "error",
  stage: "apply",
  title: "A read-only attribute takes no value",
  why: "The provider sets these attributes after the fact (uuid, id, a volume's path). Terraform refuses a configuration that sets one. The identity of a guest is its name and its MAC addresses.",
  fix: "Remove the attribute.",
  sources: ["schema of dmacvicar/libvirt 0.9.7", "measured: terraform validate refuses domain.uuid"],
  needs: ["guest"],
  on: resourcesWithIssues,
  *check(resource) {
    for (const { kind, at, message, fix } of resource.attributeIssues) {
      if (kind === "read-only") yield fail({ at, message: `"${resource.label}": ${message}.`, fix });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" }),
    good: (plan) => plan.kvm(),
  },
});
