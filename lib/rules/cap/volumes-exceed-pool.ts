import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import type { PlanVolume } from "../../plan/storage";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";

/** Volumes grow as they are written to, and a pool does not. */
export const volumesExceedPool = defineRule({
  code: "VIRT-CAP-008",
  slug: "volumes-exceed-pool",
  severity: "warning",
  stage: "runtime",
  title: "The volumes of a pool should fit into it",
  why: "The provider makes volumes that take space only as guests write to them, raw ones too, so that a pool can promise more than it has. When the guests do write, the pool is full: QEMU pauses them, on Xen their writes fail. Only pools whose size the host's facts tell are judged, and of the volumes only those of this plan are counted.",
  fix: "Make volumes smaller, or put some into another pool.",
  sources: [
    "virsh pool-dumpxml: the size of an active pool",
    "tried: provider 0.9.7 with libvirt 9.0.0 makes a raw and a qcow2 volume of 64 MiB each in a pool of 16 MiB; virsh vol-create without allocation is refused there (No space left on device)",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  *check(host, plan) {
    const volumes = plan
      .index("volumes by host", () => groupBy(plan.volumes, (volume) => volume.host))
      .get(host);
    if (!volumes) return yield notApplicable;
    const pools = host.facts?.data.pools;
    for (const [name, inPool] of groupBy(volumes, (volume) => volume.config.pool)) {
      const pool = pools?.find((each) => each.name === name);
      if (pool?.capacityKiB === undefined) {
        // A pool that the plan makes has no size yet.
        yield plan.poolNamed(host, name) ? notApplicable : needsFacts(host);
        continue;
      }
      const sizes = inPool.map((volume) => ({ volume, size: sizeOf(volume) }));
      const known = sizes.filter((each): each is Sized => typeof each.size === "number");
      const total = known.reduce((sum, { size }) => sum + size, 0);
      if (total > pool.capacityKiB) {
        known.sort((a, b) => b.size - a.size);
        yield fail({
          at: "capacity",
          key: name,
          places: known.map(({ volume }) => volume),
          message: `Pool "${name}" of "${host.label}" has ${formatKiB(pool.capacityKiB)}, and its volumes may grow to ${formatKiB(total)}.`,
          fix: `make them ${formatKiB(total - pool.capacityKiB)} smaller, or put some into another pool`,
        });
      } else if (sizes.some(({ size }) => size === "late")) {
        yield undetermined("the size of a volume is known only at apply");
      } else yield pass;
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { pools: [{ name: "fast", active: true, capacityKiB: 15 * 2 ** 20 }] } })
        .volume("a", { pool: "fast" })
        .volume("b", { pool: "fast" }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { pools: [{ name: "fast", active: true, capacityKiB: 25 * 2 ** 20 }] } })
        .volume("a", { pool: "fast" })
        .volume("b", { pool: "fast" }),
  },
});

interface Sized {
  readonly volume: PlanVolume;
  readonly size: number;
}

/** All instances of a volume together; undefined where only its content has a size. */
function sizeOf({ config, multiplicity }: PlanVolume): number | "late" | undefined {
  const size = toKiB(config.capacity, config.capacityUnit, "bytes");
  if (isLate(size) || isLate(multiplicity)) return "late";
  return size === undefined ? undefined : (size as number) * (multiplicity as number);
}
