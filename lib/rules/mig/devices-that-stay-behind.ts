import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "../dsk/disks";
import { isAtLeast } from "../versions";
import { migratable } from "./destinations";

/** Since some version beyond 10.0, whose notes do not name it, libvirt leaves virtiofs to QEMU and its daemon. */
const ASKS_VIRTIOFSD = "10.0";

/** State that lives in a process or a file of the host beside QEMU does not travel with the guest. */
export const devicesThatStayBehind = defineRule({
  code: "VIRT-MIG-006",
  slug: "devices-that-stay-behind",
  severity: "error",
  stage: "runtime",
  title: "A guest that must stay migratable cannot have virtiofs, transient disks or foreign shared memory",
  why: "libvirt refuses to migrate a guest with a transient disk, whose overlay is thrown away, with shared memory that another guest owns, and with virtiofs, whose daemon keeps the open files; newer versions leave the last to QEMU and the daemon.",
  fix: "Remove the device, or do not ask for migration. For files use NFS inside the guest.",
  sources: [
    "libvirt qemu_migration.c qemuMigrationSrcIsAllowed, as read in 9.0.0",
    "libvirt mailing list, 2024: qemuMigrationSrcIsAllowed lets virtiofs pass where the daemon offers migrate-precopy, or another program started it; the release notes of 10.1 to 11.1 do not mention it",
  ],
  needs: ["guest"],
  on: migratable(qemuGuests),
  *check(guest) {
    yield pass;
    for (const [index, disk] of guest.disks.entries()) {
      if (disk.transient === undefined) continue;
      yield refused(
        guest,
        `devices.disks[${index}].transient`,
        `its disk ${diskLabel(disk, index)} is transient`,
      );
    }
    for (const [index, { driver, target }] of (guest.domain.devices?.filesystems ?? []).entries()) {
      const type = driver?.type;
      if (isLate(type)) yield undetermined("the kind of a file system is known only at apply");
      if (type !== "virtiofs") continue;
      const left = isAtLeast(guest.host.facts?.data.libvirtVersion, ASKS_VIRTIOFSD);
      yield refused(
        guest,
        `devices.filesystems[${index}]`,
        `its file system ${target?.dir ?? index + 1} is virtiofs`,
        left === false ? undefined : "warning",
      );
    }
    for (const [index, { name, role, model }] of (guest.domain.devices?.shmems ?? []).entries()) {
      if (isLate(role) || isLate(model?.type)) {
        yield undetermined("the kind of shared memory is known only at apply");
      } else if (model?.type === "ivshmem" || role !== "master") {
        yield refused(
          guest,
          `devices.shmems[${index}]`,
          model?.type === "ivshmem"
            ? `its shared memory ${name} is of the old model ivshmem`
            : `another guest owns its shared memory ${name} (role ${role ?? "peer"})`,
        );
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        intent: { migratable: true },
        devices: {
          disks: [{ source: { file: { file: "/nfs/a.img" } }, target: { dev: "vda" }, transient: {} }],
        },
      }),
    good: (plan) =>
      plan.kvm({
        intent: { migratable: true },
        devices: { disks: [{ source: { file: { file: "/nfs/a.img" } }, target: { dev: "vda" } }] },
      }),
  },
  alsoFails: ["VIRT-FW-020"],
});

function refused({ label }: PlanGuest, at: string, what: string, severity?: "warning"): Outcome {
  return fail({
    at,
    severity,
    message: `"${label}" must stay migratable, but ${what}${severity ? ": only newer hosts migrate it" : ""}.`,
    fix: "remove the device, or take back migratable",
  });
}
