import { diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate, known, type Planned } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { diskLabel } from "../dsk/disks";
import { migratable } from "./destinations";

const SHARED_POOLS = new Set([
  "netfs",
  "iscsi",
  "iscsi-direct",
  "rbd",
  "gluster",
  "sheepdog",
  "vstorage",
  "mpath",
  "scsi",
]);
const LOCAL_POOLS = new Set(["fs", "logical", "disk", "zfs"]);

/** A guest that moves leaves its disk behind where the other host cannot reach it. */
export const migratableDiskIsShared = defineRule({
  code: "VIRT-MIG-001",
  slug: "migratable-disk-is-shared",
  severity: "warning",
  stage: "runtime",
  title: "The disks of a guest that must stay migratable should be on storage that hosts share",
  why: "A live migration moves memory, and both hosts must reach the disks. libvirt refuses it for an image on a local file system unless it is told to copy the disks as well (virsh migrate --copy-storage-all), which takes as long as the disks are large. Xen's tools copy nothing. A folder may be a mounted share, of which a plan tells nothing.",
  fix: "Put the disks into a pool of type netfs, rbd, iscsi or gluster.",
  sources: [
    "libvirt qemu_migration.c qemuMigrationSrcIsSafe: Migration without shared storage is unsafe",
    "virsh migrate --copy-storage-all",
  ],
  needs: ["guest", "plan"],
  on: migratable(guests),
  *check(guest, plan) {
    if (guest.disks.length === 0) return yield notApplicable;
    for (const [index, disk] of guest.disks.entries()) {
      // What is only read is safe, and so is a drive that may be empty.
      if (disk.readOnly === true || diskDevice(disk) !== "disk") yield pass;
      else yield outcomeOf(plan, guest, disk, index);
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .pool("vg0", { type: "logical", target: { path: "/dev/vg0" } })
        .volume("root", { name: "root", pool: "vg0", target: null })
        .kvm({
          intent: { migratable: true },
          devices: {
            disks: [
              {
                source: { volume: { pool: "vg0", volume: "root" } },
                target: { dev: "vda" },
                driver: { type: "raw" },
              },
            ],
          },
        }),
    good: (plan) =>
      plan
        .pool("nfs", {
          type: "netfs",
          source: { host: [{ name: "nas" }], dir: { path: "/vms" }, format: { type: "nfs" } },
        })
        .volume("root", { pool: "nfs" })
        .kvm({
          intent: { migratable: true },
          devices: {
            disks: [
              {
                source: { volume: { pool: "nfs", volume: "root.qcow2" } },
                target: { dev: "vda" },
                driver: { type: "qcow2" },
              },
            ],
          },
        }),
  },
  alsoFails: ["VIRT-FW-020"],
});

function outcomeOf(plan: Plan, guest: PlanGuest, disk: Planned<DomainDevicesDisks>, index: number): Outcome {
  const { source } = disk;
  if (source === undefined || source.network !== undefined) return pass;
  const nvme = source.nvme !== undefined;
  const poolName = known(source.volume?.pool) ?? known(volumeOfDisk(plan, guest, disk)?.config.pool);
  const type = poolName === undefined ? undefined : plan.poolNamed(guest.host, poolName)?.config.type;
  if (type !== undefined && !isLate(type) && SHARED_POOLS.has(type)) return pass;
  const local = nvme || (type !== undefined && LOCAL_POOLS.has(type));
  if (!local)
    return undetermined("whether the image of a migratable guest is on shared storage is not known");
  return fail({
    at: `devices.disks[${index}].source`,
    message: `"${guest.label}" must stay migratable, and its disk ${diskLabel(disk, index)} is local to "${guest.host.label}"${nvme ? "" : ` (pool "${poolName}" of type ${type})`}.`,
    fix: guest.isXen
      ? "put it on storage that the hosts share"
      : "put it on storage that the hosts share, or migrate with --copy-storage-all",
  });
}
