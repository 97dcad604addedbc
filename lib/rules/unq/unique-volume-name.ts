import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { instanceName, namesOf } from "./names";

/** A volume is a file or device of its pool, and is called like it. */
export const uniqueVolumeName = defineRule({
  code: "VIRT-UNQ-012",
  slug: "unique-volume-name",
  severity: "error",
  stage: "apply",
  title: "Every volume of a pool needs a name of its own",
  why: "libvirt refuses to create a volume where there is one of that name. All instances of a count or for_each share the name unless it holds their index or key.",
  fix: "Give each volume another name; with count or for_each put the index or key into it.",
  sources: [
    "libvirt storage_driver.c storageVolCreateXML",
    "tried: libvirt 9.0.0: storage volume 'a' exists already",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const byHost = plan.index("volumes by host", () => groupBy(plan.volumes, (volume) => volume.host));
    const volumes = byHost.get(host) ?? [];
    if (volumes.length === 0) return yield notApplicable;
    const { clashes, undecided } = namesOf(volumes, ({ config: { pool, name } }) =>
      pool === undefined || name === undefined ? undefined : `${pool}/${name}`,
    );
    for (const { name: place, resources, count } of clashes) {
      const name = place.slice(place.indexOf("/") + 1);
      const pool = place.slice(0, place.indexOf("/"));
      yield fail({
        at: "name",
        key: place,
        places: resources,
        message: `${count} volumes in pool "${pool}" of "${host.label}" would be called "${name}".`,
        fix:
          resources.length === 1
            ? `put what tells the instances apart into the name: "${instanceName(resources[0]!, name)}"`
            : "give each volume another name, or another pool",
      });
    }
    yield undecided ? undetermined("the name, pool or number of a volume is known only at apply") : pass;
  },
  examples: {
    bad: (plan) => plan.volume("a", { name: "root.qcow2" }).volume("b", { name: "root.qcow2" }),
    good: (plan) => plan.volume("a", { name: "a.qcow2" }).volume("b", { name: "b.qcow2" }),
  },
});
