import { diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "../dsk/disks";
import { isAtLeast } from "../versions";
import { migratable } from "./destinations";

/** Since this version QEMU drops the host's cache of an image before the other host reads it. */
const DROPS_CACHE = "2.12";

/** What the destination has in its cache may be older than the image. */
export const migratableDiskCache = defineRule({
  code: "VIRT-MIG-002",
  slug: "migratable-disk-cache",
  severity: "warning",
  stage: "runtime",
  title: "The disks of a guest that must stay migratable should bypass the host's cache where QEMU is old",
  why: "With a cache of the host between, the destination may read an image as it was before. QEMU drops that cache since 2.12; with an older one libvirt refuses the migration unless every disk that is written has cache none or directsync.",
  fix: "Set cache none on the disks.",
  sources: [
    "libvirt qemu_migration.c qemuMigrationSrcIsSafe, QEMU_CAPS_MIGRATION_FILE_DROP_CACHE",
    "RHEL 6 Virtualization Host Configuration Guide, chapter 4: cache none for migration",
  ],
  needs: ["guest", "host facts"],
  on: migratable(qemuGuests),
  *check(guest) {
    const old = isAtLeast(guest.host.facts?.data.hypervisorVersion, DROPS_CACHE);
    if (old === true) return yield pass;
    for (const [index, disk] of guest.disks.entries()) {
      const cache = disk.driver?.cache;
      const harmless =
        disk.readOnly === true || disk.shareable === true || disk.source?.network !== undefined;
      if (harmless || diskDevice(disk) !== "disk" || cache === "none" || cache === "directsync") yield pass;
      else if (old === undefined) yield needsFacts(guest.host);
      else if (isLate(cache)) yield undetermined("the cache mode of a disk is known only at apply");
      else {
        yield fail({
          at: `devices.disks[${index}].driver.cache`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" has cache ${cache ?? "of QEMU's choice"}; QEMU ${guest.host.facts!.data.hypervisorVersion} of "${guest.host.label}" migrates it safely with none or directsync only.`,
          fix: 'set cache to "none"',
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", { facts: { hypervisorVersion: "2.6.0" } }).kvm({ intent: { migratable: true } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ intent: { migratable: true } }),
  },
  alsoFails: ["VIRT-FW-020"],
});
