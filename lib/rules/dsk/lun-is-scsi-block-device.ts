import { diskBus, diskDevice } from "../../plan/guest";
import { containsLate, isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, having, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

type Disk = Planned<DomainDevicesDisks>;

/** Attributes of a disk that QEMU answers itself, and that a LUN answers on its own. */
const OWN_ANSWERS = ["wwn", "vendor", "product"] as const;

/** A LUN hands the guest's SCSI commands to the device, so that there must be one, and nothing in between. */
export const lunIsScsiBlockDevice = defineRule({
  code: "VIRT-DSK-009",
  slug: "lun-is-scsi-block-device",
  severity: "error",
  stage: "define",
  title: "A disk of kind lun must be a raw SCSI device of the host or an iSCSI target",
  why: "With device lun the SCSI commands of the guest reach the device itself. libvirt refuses it on other buses than scsi and virtio, for files, folders and network protocols but iSCSI, and with whatever QEMU would have to answer or translate: a format, encryption, a slice, a serial, a WWN, a vendor. The other way round, rawio is for lun alone.",
  fix: 'Use a block device or iSCSI in raw format on the scsi bus, or device "disk".',
  sources: [
    "libvirt domain_validate.c virDomainDiskDefSourceLUNValidate, qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    "tried: libvirt 9.0.0 refuses lun on sata, from a file, a folder and rbd, with qcow2, encryption, a slice, wwn, vendor, product, and a serial on the scsi bus, and rawio with yes and no on a disk and a CD-ROM; it defines a block device, a volume and iSCSI, and a serial on virtio",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].device", "devices.disks[].rawIo"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const device = diskDevice(disk);
      const label = `disk ${diskLabel(disk, index)} of "${guest.label}"`;
      if (isLate(device)) {
        yield undetermined("the kind of a disk is known only at apply");
      } else if (device !== "lun") {
        if (disk.rawIo === undefined) continue;
        yield fail({
          at: `devices.disks[${index}].rawIo`,
          message: `The ${label} asks for rawIo but is of kind ${device}; only a lun takes SCSI commands.`,
          fix: 'use device "lun", or remove rawIo',
        });
      } else {
        const refused = [...refusedBy(disk)];
        for (const { at, what, fix } of refused) {
          yield fail({
            at: `devices.disks[${index}].${at}`,
            message: `The ${label} is a lun ${what}.`,
            fix: `${fix}, or use device "disk"`,
          });
        }
        if (refused.length === 0) {
          yield containsLate([disk.target, disk.source, disk.driver])
            ? undetermined("what a lun is made of is known only at apply")
            : pass;
        }
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "lun",
              source: { file: { file: "/srv/data.img" } },
              target: { dev: "sda", bus: "scsi" },
              driver: { name: "qemu", type: "raw" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              device: "lun",
              source: { block: { dev: "/dev/disk/by-id/wwn-0x5000c50015ea71ad" } },
              target: { dev: "sda", bus: "scsi" },
              driver: { name: "qemu", type: "raw" },
            },
          ],
        },
      }),
  },
});

function* refusedBy(disk: Disk): Iterable<{ at: string; what: string; fix: string }> {
  const { source, driver, serial } = disk;
  const bus = diskBus(disk);
  if (bus !== undefined && !isLate(bus) && bus !== "scsi" && bus !== "virtio") {
    yield { at: "target.bus", what: `on the ${bus} bus`, fix: 'use bus "scsi" or "virtio"' };
  }
  const kind = (["file", "dir"] as const).find((each) => source?.[each] !== undefined);
  const protocol = source?.network?.protocol;
  if (kind !== undefined && !isLate(source)) {
    yield { at: `source.${kind}`, what: `of a ${kind}`, fix: "name a block device (source.block)" };
  } else if (protocol !== undefined && !isLate(protocol) && protocol !== "iscsi") {
    yield { at: "source.network.protocol", what: `over ${protocol}`, fix: "use iSCSI or a block device" };
  }
  const format = driver?.type;
  if (format !== undefined && !isLate(format) && format !== "raw") {
    yield { at: "driver.type", what: `in format ${format}`, fix: 'state driver type "raw"' };
  }
  for (const at of ["encryption", "source.encryption", "source.slices"] as const) {
    const given = at === "encryption" ? disk.encryption : source?.[at.slice(7) as "encryption" | "slices"];
    if (given === undefined || isLate(source)) continue;
    yield { at, what: `with ${at.replace("source.", "")}`, fix: `remove ${at}` };
  }
  for (const at of OWN_ANSWERS) {
    if (disk[at] !== undefined) yield { at, what: `with a ${at} of its own`, fix: `remove ${at}` };
  }
  if (serial !== undefined && bus === "scsi") {
    yield { at: "serial", what: "with a serial of its own", fix: "remove serial" };
  }
}
