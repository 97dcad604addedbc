import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import type { PlanPool } from "../../plan/storage";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { instanceName, namesOf } from "./names";

/** Two pools on one folder would each believe that they know what is in it. */
export const uniquePool = defineRule({
  code: "VIRT-UNQ-011",
  slug: "unique-pool",
  severity: "error",
  stage: "apply",
  title: "Every storage pool of a host needs a name and a folder of its own",
  why: "libvirt refuses a second pool of one name, and a second folder pool on one folder, whatever their names.",
  fix: "Use the pool that there is, or give the other a name and folder of its own.",
  sources: [
    "libvirt virstorageobj.c virStoragePoolObjIsDuplicate, virStoragePoolObjSourceFindDuplicate",
    "tried: libvirt 9.0.0 refuses a second pool of one name (already exists with uuid) and a second dir pool on one path, also with a slash at its end (Storage source conflict with pool); a netfs pool on that path is defined",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const byHost = plan.index("pools by host", () => groupBy(plan.pools, (pool) => pool.host));
    const pools = byHost.get(host) ?? [];
    if (pools.length === 0) return yield notApplicable;
    yield pass;
    const names = namesOf(pools, ({ config }) => config.name);
    for (const { name, resources, count } of names.clashes) {
      yield fail({
        at: "name",
        key: `name ${name}`,
        places: resources,
        message: `${count} pools on "${host.label}" would be called "${name}".`,
        fix:
          resources.length === 1
            ? `put what tells the instances apart into the name: "${instanceName(resources[0]!, name)}"`
            : "give each pool another name, or use one pool",
      });
    }
    const folders = namesOf(pools, folderOf);
    for (const { name, resources, count } of folders.clashes) {
      yield fail({
        at: "target.path",
        key: `path ${name}`,
        places: resources,
        message: `${count} pools on "${host.label}" would lie in ${name}.`,
        fix: "give each pool another folder, or use one pool",
      });
    }
    for (const pool of pools) {
      const folder = folderOf(pool);
      const other = host.facts?.data.pools?.find(
        (each) => each.path !== undefined && trimmed(each.path) === folder && each.name !== pool.config.name,
      );
      if (!other || isLate(pool.config.name)) continue;
      // The facts do not tell the kind of a pool; only folder pools are in each other's way.
      yield fail({
        severity: "warning",
        at: "target.path",
        key: `path of ${other.name}`,
        places: [pool],
        message: `Pool "${pool.label}" would lie in ${folder}, where pool "${other.name}" of "${host.label}" lies: libvirt refuses it if that is a folder pool too.`,
        fix: `use pool "${other.name}", or another folder`,
      });
    }
    if (names.undecided || folders.undecided) {
      yield undetermined("the name, folder or number of a pool is known only at apply");
    }
  },
  examples: {
    bad: (plan) =>
      plan.pool("fast", { target: { path: "/srv/vms" } }).pool("slow", { target: { path: "/srv/vms" } }),
    good: (plan) =>
      plan.pool("fast", { target: { path: "/srv/fast" } }).pool("slow", { target: { path: "/srv/slow" } }),
  },
});

function folderOf({ config }: PlanPool): string | undefined {
  const path = config.target?.path;
  return config.type === "dir" && path !== undefined ? trimmed(path) : undefined;
}

function trimmed(path: string): string {
  return path.replace(/(?<=.)\/+$/, "");
}
