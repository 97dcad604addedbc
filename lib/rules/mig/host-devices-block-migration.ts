import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { type HostDevice, hostDevicesOf } from "../pci/host-devices";
import { isAtLeast } from "../versions";
import { migratable } from "./destinations";

/** Since this version QEMU moves the state of a VFIO device whose driver can, without being told to. */
const VFIO_MIGRATION = "8.1";
/** Before this version QEMU could not say what blocks a migration, and libvirt refused by itself. */
const BLOCKED_REASONS = "6.0";

/** A device that stays behind cannot serve a guest that has moved. */
export const hostDevicesBlockMigration = defineRule({
  code: "VIRT-MIG-003",
  slug: "host-devices-block-migration",
  severity: "error",
  stage: "runtime",
  title: "A guest that must stay migratable cannot hold devices of its host",
  why: "A live migration moves memory and device state; a passed-through device and its state stay where they are. Xen refuses to migrate a guest with any host device. Under QEMU USB devices may be left behind, and a network device with teaming type transient leaves the guest before and comes back after.",
  fix: "Use a paravirtual device, team the device with a virtio interface (teaming type transient), or do not ask for migration.",
  sources: [
    "libvirt qemu_migration.c qemuMigrationSrcIsAllowed, qemuMigrationSrcIsAllowedHostdev; libxl_migration.c libxlDomainMigrationIsAllowed",
    "libvirt 9.0.0 asks QEMU 6.0 and newer for blockers instead of judging itself: vfio-pci blocks always before QEMU 8.1 and depends on the device's driver since; vhost-scsi blocks; a SCSI generic device does not",
  ],
  needs: ["guest"],
  on: migratable(guests),
  check: (guest, plan) => {
    const devices = hostDevicesOf(plan, guest);
    if (devices.length === 0) return notApplicable;
    if (!guest.isXen && !guest.isQemu) {
      return isLate(guest.domain.type)
        ? undetermined("the type of a guest is known only at apply")
        : notApplicable;
    }
    return devices.map((device) => outcomeOf(guest, device));
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        name: "gpu1",
        intent: { migratable: true },
        devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] },
      }),
    good: (plan) =>
      plan.kvm({
        name: "gpu1",
        intent: { migratable: true },
        devices: {
          hostdevs: [{ subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } }],
        },
      }),
  },
  alsoFails: ["VIRT-FW-020"],
});

function outcomeOf(guest: PlanGuest, { kind, label, at, transient }: HostDevice): Outcome {
  const refused = (reason: string, severity?: "warning") =>
    fail({
      at,
      severity,
      message: `"${guest.label}" must stay migratable but is given ${label}: ${reason}.`,
      fix:
        kind === "pci" && !guest.isXen
          ? 'use a virtio device instead, pair a network device with a virtio interface (teaming type "transient"), or take back migratable'
          : "remove the device, or take back migratable",
    });
  const qemu = guest.host.facts?.data.hypervisorVersion;
  if (guest.isXen) return refused("Xen migrates no guest with a host device");
  if (kind === "unknown") return undetermined("the host devices of a guest are known only at apply");
  if (kind === "usb" || transient) return pass;
  if (kind === "scsi-host") return refused("vhost-scsi blocks migration");
  if (kind === "scsi") {
    return isAtLeast(qemu, BLOCKED_REASONS) === false
      ? refused("libvirt migrates no SCSI device of the host with a QEMU before 6.0")
      : refused("it migrates only to a host that has the same device under the same address", "warning");
  }
  return isAtLeast(qemu, VFIO_MIGRATION)
    ? refused("QEMU migrates it only if the device's own driver can", "warning")
    : refused("QEMU before 8.1 migrates no such device");
}
