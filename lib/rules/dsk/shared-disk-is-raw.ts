import { diskDevice } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, having, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** qcow2 and its like keep tables in the image that two writers would overwrite for each other. */
export const sharedDiskIsRaw = defineRule({
  code: "VIRT-DSK-015",
  slug: "shared-disk-is-raw",
  severity: "error",
  stage: "define",
  title: "A disk that guests share for writing must be raw",
  why: "Formats such as qcow2 hold metadata that only one writer can keep right. libvirt refuses a shareable, writable disk of any format but raw; a disk of a pool and volume has no format unless its driver states one.",
  fix: "Use a raw image or a block device, or make the disk read-only.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefDisk, qemu_block.c qemuBlockStorageSourceSupportsConcurrentAccess",
    "tried: libvirt 9.0.0 refuses shareable with qcow2, and with a volume whose driver has no type; it defines raw, a file without type, and read-only qcow2",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].shareable"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const { shareable, readOnly } = disk;
      const format = formatOf(disk);
      const device = diskDevice(disk);
      if (shareable === undefined || shareable === false || readOnly === true || format === "raw") continue;
      // libvirt makes every CD-ROM read-only.
      if (device === "cdrom") continue;
      if ([shareable, readOnly, format, device].some(isLate)) {
        yield undetermined("whether a disk is shared, writable and raw is known only at apply");
        continue;
      }
      yield fail({
        at: `devices.disks[${index}].${format === undefined ? "shareable" : "driver.type"}`,
        message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is shared for writing and ${
          format === undefined ? "its format is not stated" : `of format ${format}`
        }; only raw images can be.`,
        fix:
          format === undefined
            ? 'state driver type "raw" if the volume is raw, or take away shareable'
            : "use a raw image or a block device, set readOnly, or take away shareable",
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/cluster.qcow2" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "qcow2" },
              shareable: true,
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { block: { dev: "/dev/vg0/cluster" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw" },
              shareable: true,
            },
          ],
        },
      }),
  },
});

/** The format as libvirt has it at define: raw where none is stated, and none for a volume, whose pool is asked later. */
function formatOf({ driver, source }: Planned<DomainDevicesDisks>): string | undefined {
  return driver?.type ?? (source?.volume === undefined ? "raw" : undefined);
}
