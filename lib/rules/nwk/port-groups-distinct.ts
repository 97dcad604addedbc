import { defineRule, type Failure, networks, notApplicable } from "../../rule";
import { outcomesOf } from "../faults";

/** A guest asks for a port group by its name, and gets the default where it asks for none. */
export const portGroupsDistinct = defineRule({
  code: "VIRT-NWK-102",
  slug: "port-groups-distinct",
  severity: "error",
  stage: "define",
  title: "The port groups of a network need names of their own, and one of them is the default at most",
  why: "Interfaces choose a port group of their network by name; those that choose none get the default.",
  fix: "Name each port group differently, and set default on one.",
  sources: [
    "libvirt network_conf.c virNetworkPortGroupParseXML, bridge_driver.c networkValidate",
    "tried: libvirt 9.0.0 refuses a port group without name (Missing required name attribute in portgroup), two of one name (multiple <portgroup> elements with the same name) and two with default yes (multiple default <portgroup> elements)",
  ],
  needs: ["network"],
  on: networks,
  *check(network) {
    const groups = network.config.portGroups ?? [];
    if (groups.length === 0) return yield notApplicable;
    const given = groups.map(({ name, default: isDefault }) => ({ name, isDefault }));
    yield* outcomesOf(given, "a port group is", function* (known): Iterable<Failure> {
      const first = new Map<string, number>();
      let standard: number | undefined;
      for (const [index, { name, isDefault }] of known.entries()) {
        const at = `portGroups[${index}]`;
        if (!name) {
          yield {
            at: `${at}.name`,
            message: `Port group ${index + 1} of network "${network.label}" has no name.`,
            fix: "give it one, by which interfaces choose it (source.network.portGroup)",
          };
        } else if (first.has(name)) {
          yield {
            at: `${at}.name`,
            message: `Port groups ${first.get(name)! + 1} and ${index + 1} of network "${network.label}" are both named "${name}".`,
            fix: "rename one of them",
          };
        } else first.set(name, index);
        if (isDefault?.toLowerCase() !== "yes") continue;
        if (standard !== undefined) {
          yield {
            at: `${at}.default`,
            message: `Port groups ${standard + 1} and ${index + 1} of network "${network.label}" are both the default.`,
            fix: "set default on one of them",
          };
        }
        standard ??= index;
      }
    });
  },
  examples: {
    bad: (plan) => plan.network("lan", { port_groups: [{ name: "web" }, { name: "web" }] }),
    good: (plan) => plan.network("lan", { port_groups: [{ name: "web" }, { name: "db" }] }),
  },
});
