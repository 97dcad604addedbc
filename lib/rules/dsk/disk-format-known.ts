import { closest } from "../../plan/did-you-mean";
import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, type Outcome, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** What libvirt 9.0.0 takes as the format of an image that QEMU opens. */
const FORMATS = [
  "raw",
  "qcow2",
  "qcow",
  "qed",
  "vmdk",
  "vdi",
  "vpc",
  "vhd",
  "aio",
  "dmg",
  "bochs",
  "cloop",
  "ploop",
];

/** Words that say what an image holds, or what libvirt's storage pools call it, but that no disk takes. */
const REFUSED: Readonly<Record<string, string>> = {
  iso: 'write "raw": an ISO is read as it is',
  luks: 'write "raw" and say encryption format luks: encryption is no format',
  vhdx: 'write "vhd", which is libvirt\'s word for VHDX',
  cow: "convert the image to qcow2",
  dir: 'use a source of kind dir with format "fat", or an image',
};

/** The format says how to read the file, not what is in it. */
export const diskFormatKnown = defineRule({
  code: "VIRT-DSK-013",
  slug: "disk-format-known",
  severity: "error",
  stage: "define",
  title: "The format of a disk must be one that QEMU opens",
  why: "libvirt refuses formats that it does not know, and some that it knows from storage pools alone: an ISO is raw to a drive, LUKS is encryption upon a format, and fat is for folders.",
  fix: "Write raw for ISO files and block devices, qcow2 for qcow2 images.",
  sources: [
    "libvirt qemu_domain.c qemuDomainValidateStorageSource, storage_file.c",
    "tried: libvirt 9.0.0 refuses a folder in another format than fat, or none: storage type 'dir' requires use of storage format 'fat'; and a backing image of an unknown format: unknown storage source format",
    "tried: libvirt 9.0.0 refuses iso, luks, cow, dir, fat of a file, qcow3, vhdx, auto and RAW; it defines qcow2, qcow, vmdk, vpc, vhd (and opens it as VHDX), vdi, qed, dmg, bochs, cloop, ploop and aio, the old word for raw",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      yield* checkBacking(guest, disk, index);
      const format = disk.driver?.type;
      const folder = disk.source?.dir !== undefined && !isLate(disk.source);
      if (folder && format !== "fat") {
        if (isLate(format)) yield undetermined("the format of a disk is known only at apply");
        else {
          yield fail({
            at: `devices.disks[${index}].driver.type`,
            message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is a folder in ${format ? `format ${format}` : "no stated format"}; QEMU shows a folder as fat.`,
            fix: 'set driver.type to "fat" and readOnly to true, or share the folder (devices.filesystems)',
          });
        }
        continue;
      }
      if (format === undefined || FORMATS.includes(format)) continue;
      if (format === "fat" && folder) continue;
      if (isLate(format)) {
        yield undetermined("the format of a disk is known only at apply");
        continue;
      }
      const meant = closest(format, FORMATS);
      yield fail({
        at: `devices.disks[${index}].driver.type`,
        message: `Disk ${diskLabel(disk, index)} of "${guest.label}" has format ${format}, which ${
          format === "fat"
            ? "is for folders alone"
            : format in REFUSED
              ? "no disk takes"
              : "libvirt does not know"
        }.`,
        fix:
          REFUSED[format] ??
          (meant !== undefined && format !== "fat"
            ? `did you mean "${meant}"?`
            : 'write the format of the image: "raw" or "qcow2"'),
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "cdrom",
              source: { file: { file: "/srv/install.iso" } },
              target: { dev: "sda", bus: "sata" },
              driver: { name: "qemu", type: "iso" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "cdrom",
              source: { file: { file: "/srv/install.iso" } },
              target: { dev: "sda", bus: "sata" },
              driver: { name: "qemu", type: "raw" },
            },
          ],
        },
      }),
  },
});

/** A backing image may be of any format that libvirt has a word for. */
const BACKING = [...FORMATS, ...Object.keys(REFUSED), "fat", "none"];

function* checkBacking(
  guest: PlanGuest,
  disk: Planned<DomainDevicesDisks>,
  index: number,
): Iterable<Outcome> {
  const format = disk.backingStore?.format?.type;
  if (format === undefined || isLate(format) || (BACKING.includes(format) && format !== "vhdx")) return;
  yield fail({
    at: `devices.disks[${index}].backingStore.format.type`,
    message: `The backing image of disk ${diskLabel(disk, index)} of "${guest.label}" has format ${format}, which libvirt does not know.`,
    fix: REFUSED[format] ?? 'write the format of the image: "raw" or "qcow2"',
  });
}
