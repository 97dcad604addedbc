import { groupBy } from "../../plan/plan";
import { defineRule, fail, notApplicable, pass, resources } from "../../rule";

/** A provider with an alias is used by those who name it; whoever names none gets the default, configured or not. */
export const resourceNamesProvider = defineRule({
  code: "VIRT-PRV-002",
  slug: "resource-names-provider",
  severity: "error",
  stage: "silent",
  title: "A resource must name its provider where every provider has an alias",
  why: "Terraform gives a resource without provider to the default configuration. When all libvirt providers have an alias there is none, and Terraform makes an empty one without a word: it connects to qemu:///system of the machine where Terraform runs, or to LIBVIRT_DEFAULT_URI.",
  fix: "Name the provider in the resource, or configure a libvirt provider without alias.",
  sources: ["measured: Terraform 1.11.4 with provider 0.9.7 calls such a configuration valid"],
  needs: ["plan"],
  on: resources,
  check: (resource, plan) => {
    if (!namesNone(resource.provider) || !resource.host.implied) return pass;
    // The default is not among them, so that all of them have an alias.
    const configured = plan
      .index("configured providers by unit", () =>
        groupBy(
          plan.hosts.flatMap((host) => host.providers).filter(({ implied }) => !implied),
          (provider) => provider.unit,
        ),
      )
      .get(resource.unit);
    if (configured === undefined) return notApplicable;
    const without = plan
      .index("resources without provider by unit", () =>
        groupBy(
          plan.resources.filter((each) => namesNone(each.provider)),
          (each) => each.unit,
        ),
      )
      .get(resource.unit)!;
    if (without[0] !== resource) return pass;
    const names = configured.map(({ alias }) => `libvirt.${alias}`).join(", ");
    return fail({
      places: without,
      at: "provider",
      message: `${without.map((each) => each.address).join(", ")} ${without.length === 1 ? "names" : "name"} no provider, and every libvirt provider here has an alias (${names}): Terraform would use one that nobody configured, for the machine where it runs.`,
      fix: `set provider to one of ${names}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1").resource("libvirt_network", "lan", { name: "lan", provider: undefined }),
    good: (plan) => plan.kvmHost("kvm1").resource("libvirt_network", "lan", { name: "lan" }),
  },
});

function namesNone(provider: string | undefined): boolean {
  return provider === undefined || !provider.includes(".");
}
