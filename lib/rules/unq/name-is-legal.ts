import { isLate } from "../../plan/late";
import type { PlanResource } from "../../plan/resource";
import { defineRule, fail, notApplicable, pass, type Subjects, undetermined } from "../../rule";

/** What libvirt refuses in the names of its kinds of things, and why. */
const KINDS: Readonly<Record<string, { readonly what: string; readonly refused: RegExp }>> = {
  libvirt_domain: { what: "Guest", refused: /[/\n]|^\.\.?$/ },
  libvirt_network: { what: "Network", refused: /[/\n]/ },
  libvirt_pool: { what: "Pool", refused: /[/\n]/ },
  libvirt_volume: { what: "Volume", refused: /\// },
};

const named: Subjects<PlanResource<unknown>> = {
  name: "guests, networks, pools and volumes",
  of: (plan) => plan.resources.filter(({ type }) => type in KINDS),
};

/** Names become file names. */
export const nameIsLegal = defineRule({
  code: "VIRT-UNQ-003",
  slug: "name-is-legal",
  severity: "error",
  stage: "define",
  title: "A name must not be empty, and holds no slash",
  why: "libvirt keeps configurations, logs and volumes in files called after them, and refuses names with a slash, empty ones, and line breaks in all but volumes.",
  fix: "Use letters, digits, dots, dashes and underscores.",
  sources: [
    "libvirt virXMLCheckIllegalChars in domain_postparse.c, network_conf.c, storage_conf.c",
    "tried: libvirt 9.0.0 refuses guests, networks, pools and volumes of an empty name and of r3/x, and the first three with a line break; a guest called . or .. fails on its snapshot folder; spaces are taken",
  ],
  needs: ["guest"],
  on: named,
  check: (resource) => {
    const { name } = resource.config as { readonly name?: string };
    const { what, refused } = KINDS[resource.type]!;
    if (isLate(name)) return undetermined("a name is known only at apply");
    // A name of a wrong type is another rule's finding, and not the lack of one.
    if (
      name === undefined &&
      resource.attributeIssues.some(({ at, kind }) => at === "name" && kind !== "empty")
    )
      return notApplicable;
    if (name && !refused.test(name)) return pass;
    const shown = name === undefined ? "no name" : `the name ${JSON.stringify(name)}`;
    return fail({
      at: "name",
      message: `${what} "${resource.label}" has ${shown}, which libvirt refuses.`,
      fix: name
        ? `use ${JSON.stringify(name.replace(/[/\n]+/g, "-").replace(/^\.+$/, "guest"))}, or another name without it`
        : "give it a name",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ name: "web/1" }),
    good: (plan) => plan.kvm({ name: "web-1" }),
  },
});
