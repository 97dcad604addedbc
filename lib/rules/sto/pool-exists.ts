import { PlanGuest } from "../../plan/guest";
import type { PlanResource } from "../../plan/resource";
import { PlanVolume } from "../../plan/storage";
import { defineRule, notApplicable, type Outcome, type Subjects } from "../../rule";
import { type Kind, namedOnHost } from "../named-on-host";

const POOL: Kind = {
  word: "pool",
  type: "libvirt_pool",
  made: (plan) => plan.pools,
  listed: (host) => host.facts?.data.pools,
  start: (name) => `virsh pool-start ${name}, and virsh pool-autostart ${name}`,
};

const usersOfPools: Subjects<PlanResource<unknown>> = {
  name: "volumes, and guests with volumes",
  of: (plan) => plan.resources.filter((each) => each instanceof PlanVolume || each instanceof PlanGuest),
};

/** A volume is a name within a pool; without the pool it is nothing. */
export const poolExists = defineRule({
  code: "VIRT-STO-007",
  slug: "pool-exists",
  severity: "error",
  stage: "apply",
  title: "The pool of a volume or disk must be made by the plan or active on the host",
  why: "The provider looks the pool up by its name before it creates a volume, and libvirt does when a guest with a disk of that pool starts. Both refuse where there is none, or where it is not active.",
  fix: "Make the pool in the plan on that host, start it there, or correct the name.",
  sources: [
    "provider 0.9.7 volume_resource.go: Storage pool not found",
    "libvirt storage_driver.c storagePoolObjFindByName, virStoragePoolObjIsActive",
  ],
  needs: ["plan", "host facts"],
  on: usersOfPools,
  check: (user, plan) => {
    if (user instanceof PlanVolume) {
      const { pool } = user.config;
      return pool === undefined ? notApplicable : namedOnHost(plan, user, pool, "pool", POOL);
    }
    const outcomes: Outcome[] = [];
    (user as PlanGuest).disks.forEach(({ source }, index) => {
      const pool = source?.volume?.pool;
      const at = `devices.disks[${index}].source.volume.pool`;
      if (pool !== undefined) outcomes.push(namedOnHost(plan, user, pool, at, POOL));
    });
    return outcomes;
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").volume("root", { pool: "fast" }),
    good: (plan) => plan.kvmHost("kvm1").pool("fast").volume("root", { pool: "fast" }),
  },
});
