import { diskDevice } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** A drive can be empty; a hard disk is its image. */
export const diskNeedsSource = defineRule({
  code: "VIRT-DSK-003",
  slug: "disk-needs-source",
  severity: "error",
  stage: "define",
  title: "A hard disk needs an image",
  why: "Only a CD-ROM or floppy drive may be without a medium. libvirt refuses a disk whose source names no file, device, folder or volume, and takes an empty path for none.",
  fix: "Give the disk a source: a file, a block device, or a volume with its pool.",
  sources: [
    "libvirt domain_validate.c virDomainDiskDefValidate, storage_source_conf.c virStorageSourceIsEmpty, domain_conf.c virDomainDiskSourcePoolDefParse",
    "tried: libvirt 9.0.0 refuses a disk without source, with an empty source and with an empty path (missing source information), and a volume without its pool or a pool without volume; an empty floppy drive is defined",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    // A construct leaves out what it cannot use, and says so itself.
    if (guest.raw.propIssues?.length) return;
    for (const [index, disk] of guest.disks.entries()) {
      const [missing, device] = [missingSource(disk), diskDevice(disk)];
      const isDrive = device === "cdrom" || device === "floppy";
      if (missing === undefined || (missing === "image" && isDrive)) yield pass;
      else if (isLate(device)) yield undetermined("the kind of a disk is known only at apply");
      else {
        yield fail({
          at: `devices.disks[${index}].source`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" ${
            missing === "image" ? "has no image" : `names a volume source without its ${missing}`
          }.`,
          fix:
            missing === "image"
              ? 'give it a source: file, block, or volume with its pool (device "cdrom" for a drive that may be empty)'
              : `add source.volume.${missing}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [{ target: { dev: "vda", bus: "virtio" } }] } }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [{ source: { file: { file: "/srv/root.img" } }, target: { dev: "vda", bus: "virtio" } }],
        },
      }),
  },
  alsoFails: ["VIRT-BOOT-004"],
});

function missingSource({ source }: Planned<DomainDevicesDisks>): "image" | "pool" | "volume" | undefined {
  if (source === undefined) return "image";
  const { file, block, dir, volume } = source;
  if (file) return file.file ? undefined : "image";
  if (block) return block.dev ? undefined : "image";
  if (dir) return dir.dir ? undefined : "image";
  if (volume) return volume.pool ? (volume.volume ? undefined : "volume") : "pool";
  // Whatever else a source is, it says more than nothing.
  return isLate(source) || Object.keys(source).length > 0 ? undefined : "image";
}
