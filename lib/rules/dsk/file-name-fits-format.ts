import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, type Outcome, pass } from "../../rule";
import { diskLabel } from "./disks";

/** What a file of this name is, as a disk's driver calls it. */
const FORMATS: Readonly<Record<string, string>> = {
  qcow2: "qcow2",
  raw: "raw",
  iso: "raw",
  vmdk: "vmdk",
  vdi: "vdi",
  vhd: "vpc",
  vhdx: "vhd",
};

/** Formats that a file of one of these names may be mistaken for; others are no format of a disk. */
const READ = new Set(Object.values(FORMATS));

/** Nobody looks into the file: its format is what the disk says. */
export const fileNameFitsFormat = defineRule({
  code: "VIRT-DSK-062",
  slug: "file-name-fits-format",
  severity: "warning",
  stage: "boot",
  title: "The format of a disk should be that of its file",
  why: "QEMU reads an image in the format that the disk states, or as raw when it states none. A qcow2 file read as raw is to the guest a disk of the file's size without a partition; writing to it destroys the image. A raw file read as qcow2 does not start.",
  fix: "State the format in driver.type that the file has; qemu-img info tells.",
  sources: [
    "QEMU manual: qemu-img(1), formats and the danger of probing; libvirt domain format: disk driver",
    "known fact: libvirt takes a disk without driver.type as raw",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest): Iterable<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const file = disk.source?.file?.file;
      if (file === undefined || isLate(file)) continue;
      const format = disk.driver?.type ?? "raw";
      const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
      const expected = FORMATS[ending];
      if (expected === undefined || isLate(format) || !READ.has(format)) yield notApplicable;
      else if (format === expected) yield pass;
      else {
        const stated = disk.driver?.type === undefined ? "as raw, since it states no format" : `as ${format}`;
        yield fail({
          at: `devices.disks[${index}].driver.type`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" reads ${file} ${stated}.`,
          fix: `set driver.type to "${expected}" if that is what the file is, or rename the file`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withFormat("raw")),
    good: (plan) => plan.kvm(withFormat("qcow2")),
  },
});

function withFormat(type: string): Record<string, unknown> {
  const source = { file: { file: "/var/lib/libvirt/images/web.qcow2" } };
  return {
    devices: { disks: [{ source, target: { dev: "vda", bus: "virtio" }, driver: { name: "qemu", type } }] },
  };
}
