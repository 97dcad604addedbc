import { isLate } from "../../plan/late";
import { volumeOfDisk } from "../../plan/storage";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";
import { volumeFormat } from "../sto/volume-format";
import { diskLabel } from "./disks";

/** Extensions of image formats that are never raw. */
const EXTENSION = /\.(qcow2|qcow|qed|vmdk|vdi|vhdx)$/i;

/** libvirt does not look into images: a guest could write a header that makes the host open another file. */
export const diskFormatMatchesVolume = defineRule({
  code: "VIRT-DSK-028",
  slug: "disk-format-matches-volume",
  severity: "error",
  stage: "silent",
  title: "A disk must state the format that its image has",
  why: "libvirt never probes an image: a disk whose driver states no type is raw, also one of a pool and volume. A qcow2 image taken for raw shows its own tables to the guest as a disk, which then finds nothing to boot and may write over them; a raw image taken for qcow2 is refused at start.",
  fix: "Set driver.type to the format of the image.",
  sources: [
    "libvirt docs/kbase/secureusage.rst, backing_chains.rst; qemu_domain.c qemuDomainDeviceDiskDefPostParse",
    'tried: libvirt 9.0.0 opens a qcow2 file and a qcow2 volume as raw where the disk states no type ("driver":"raw" on QEMU\'s command line), and QEMU 7.2 refuses a raw volume as qcow2: Image is not in qcow2 format',
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    for (const [index, disk] of guest.disks.entries()) {
      const stated = disk.driver?.type;
      const volume = volumeOfDisk(plan, guest, disk);
      const format = volume && volumeFormat(volume);
      const path = disk.source?.file?.file ?? disk.source?.volume?.volume;
      // Xen has its own defaults, which depend on the driver's name.
      if (guest.isXen && stated === undefined) continue;
      const at = `devices.disks[${index}].driver`;
      const name = () => `Disk ${diskLabel(disk, index)} of "${guest.label}"`;
      if (volume !== undefined && format !== undefined) {
        if (isLate(stated)) yield undetermined("the format of a disk is known only at apply");
        else if ((stated ?? "raw") === format) yield pass;
        else {
          yield fail({
            at: stated === undefined ? at : `${at}.type`,
            places: [guest, volume],
            message: `${name()} ${
              stated === undefined ? "states no format and is opened as raw" : `is opened as ${stated}`
            }, but volume ${volume.label} is ${format}.`,
            fix: `set driver.type to "${format}"`,
          });
        }
      } else if (volume !== undefined && isLate(volume.config.target?.format?.type)) {
        yield undetermined("the format of a volume is known only at apply");
      } else if (stated === undefined && path !== undefined && !isLate(path)) {
        const extension = EXTENSION.exec(path)?.[1]?.toLowerCase();
        if (extension === undefined) continue;
        yield fail({
          severity: "warning",
          at,
          message: `${name()} states no format, so that ${path} is opened as raw whatever it is.`,
          fix: `set driver.type, to "${extension === "vhdx" ? "vhd" : extension}" if that is what it is`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.volume("root", { target: { format: { type: "qcow2" } } }).kvm({
        devices: {
          disks: [
            {
              source: { volume: { pool: "default", volume: "${libvirt_volume.root.name}" } },
              target: { dev: "vda", bus: "virtio" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.volume("root", { target: { format: { type: "qcow2" } } }).kvm({
        devices: {
          disks: [
            {
              source: { volume: { pool: "default", volume: "${libvirt_volume.root.name}" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "qcow2" },
            },
          ],
        },
      }),
  },
});
