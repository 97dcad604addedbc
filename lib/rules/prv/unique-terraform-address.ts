import type { PlanResource } from "../../plan/resource";
import { defineRule, fail, type Subjects } from "../../rule";

/** The first of each. */
const resourcesOfOneAddress: Subjects<PlanResource<unknown>> = {
  name: "resources of one address",
  of: ({ resourcesByAddress }) =>
    [...resourcesByAddress.values()].flatMap((unit) =>
      [...unit.values()].filter((same) => same.length > 1).map((same) => same[0]!),
    ),
};

/** The engine merges two resources of one address into one: a guest vanishes without a word. */
export const uniqueTerraformAddress = defineRule({
  code: "VIRT-PRV-001",
  slug: "unique-terraform-address",
  severity: "error",
  stage: "silent",
  title: "Every construct needs a Terraform address of its own",
  why: "The engine removes dots and other characters from ids when it makes the address: web.01 and web01 both become web01. It then merges the two resources into one, and one of them is never created.",
  fix: "Give one of the constructs another id, or another override of its logical id.",
  sources: [
    "measured: cdktf 0.21.0 and cdktn 0.24.0 merge web.01 and web01 of one stack into libvirt_domain.web01",
  ],
  needs: ["plan"],
  acknowledgeable: false,
  on: resourcesOfOneAddress,
  check: ({ unit, address }, plan) => {
    const same = plan.resourcesByAddress.get(unit)!.get(address)!;
    const paths = same.map((each) => each.constructPath ?? each.raw.label);
    return fail({
      places: same,
      key: address,
      message: `${same.length} constructs (${paths.join(", ")}) have the Terraform address ${address}: they would be merged into one and ${same.length - 1} would vanish.`,
      fix: "give each an id that differs in letters or digits, not only in dots or dashes",
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .resource("libvirt_pool", "web01", { name: "a", type: "dir", target: { path: "/srv/a" } })
        .resource("libvirt_pool", "web01", { name: "b", type: "dir", target: { path: "/srv/b" } }),
    good: (plan) =>
      plan
        .resource("libvirt_pool", "web01", { name: "a", type: "dir", target: { path: "/srv/a" } })
        .resource("libvirt_pool", "web02", { name: "b", type: "dir", target: { path: "/srv/b" } }),
  },
});
