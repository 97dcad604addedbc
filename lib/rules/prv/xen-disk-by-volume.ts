import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** Pools whose volumes are devices rather than files. */
const BLOCK_POOLS = new Set(["logical", "disk", "iscsi", "iscsi-direct", "scsi", "mpath", "zfs"]);

/** The Xen driver never asks the pool where the volume lies. */
export const xenDiskByVolume = defineRule({
  code: "VIRT-PRV-007",
  slug: "xen-disk-by-volume",
  severity: "error",
  stage: "silent",
  title: "A Xen guest's disk must name a path, not a pool and a volume",
  why: "libvirt's Xen driver does not translate a disk source of pool and volume to a path. The guest starts, and its disk is empty.",
  fix: "Give the disk the volume's path: source.file, or source.block for volumes that are devices.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk: no call of virDomainDiskTranslateSourcePool",
    'measured: libvirt 9.0.0, Xen 4.17, HVM and PV: xl list -l shows pdev_path "" and format empty, and the guest runs',
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest, plan): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const volume = disk.source?.volume;
      if (volume === undefined) continue;
      if (isLate(volume)) {
        yield undetermined("the source of a disk is known only at apply");
        continue;
      }
      const name = `${volume.pool}/${volume.volume}`;
      yield fail({
        at: `devices.disks[${index}].source.volume`,
        message: `disk ${disk.target?.dev ?? index} of "${guest.label}" names its image by pool and volume (${name}): under Xen it would be empty.`,
        fix: `set ${pathSource(guest, plan, disk)}`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.xenPv({
        devices: {
          disks: [
            {
              source: { volume: { pool: "default", volume: "root.img" } },
              target: { dev: "xvda", bus: "xen" },
              driver: { name: "qemu", type: "raw" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.xenPv({
        devices: {
          disks: [
            {
              source: { file: { file: "/var/lib/libvirt/images/root.img" } },
              target: { dev: "xvda", bus: "xen" },
              driver: { name: "qemu", type: "raw" },
            },
          ],
        },
      }),
  },
});

/** The source that works, as far as the plan tells where the volume will be. */
function pathSource(guest: PlanGuest, plan: Plan, disk: PlanGuest["disks"][number]): string {
  const { pool, volume } = disk.source?.volume ?? {};
  const poolName = known(pool) ?? "";
  const planned = volumeOfDisk(plan, guest, disk);
  const folder = plan.folderOf(guest.host, poolName);
  const path = planned
    ? `\${${planned.address}.path}`
    : folder !== undefined && known(volume) !== undefined
      ? `${folder}/${volume}`
      : "…";
  const type = known(plan.poolNamed(guest.host, poolName)?.config.type);
  return `source.${type !== undefined && BLOCK_POOLS.has(type) ? "block.dev" : "file.file"} to "${path}"`;
}
