import { diskBus, diskDevice } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule } from "../../rule";
import { anyOf } from "../hyp/offers";
import { checkSettings, type Devices, type Kind, type Setting, settingSome, statedBy } from "../settings";
import { diskLabel } from "./disks";

type Disk = Planned<DomainDevicesDisks>;

const SOURCES = ["file", "block", "dir", "volume", "network", "nvme", "vhostUser", "vhostVdpa"] as const;

const BUS = statedBy("bus", "target.bus", diskBus);
const DEVICE = statedBy("device", "device", diskDevice);
const SOURCE: Kind<Disk> = {
  name: "source",
  of: ({ source }) => (isLate(source) ? source : SOURCES.find((kind) => source?.[kind] !== undefined)),
  become: (kinds) => `use a source of kind ${anyOf(kinds)}`,
};
const ACCESS: Kind<Disk> = {
  name: "access",
  of: ({ readOnly }) => (isLate(readOnly) ? readOnly : readOnly ? "read-only" : "read-write"),
  become: () => "remove readOnly",
};

/** What a vhost-user server keeps to itself. */
const NOT_VHOST_USER = SOURCES.filter((kind) => kind !== "vhostUser");
const SERVERS: readonly Setting<Disk>[] = [
  "driver.errorPolicy",
  "driver.rerrorPolicy",
  "driver.io",
  "driver.ioEventFd",
  "driver.ioThread",
  "driver.discard",
  "driver.detectZeros",
  "driver.metadataCache",
  "ioTune",
  "backingStore",
  "encryption",
  "serial",
  "auth",
  "blockIo.logicalBlockSize",
  "blockIo.physicalBlockSize",
].map((attribute) => ({ attribute, kind: SOURCE, only: NOT_VHOST_USER }));

const DISKS: Devices<Disk> = {
  list: "devices.disks",
  of: ({ disks }) => disks,
  label: (disk, index) => `Disk ${diskLabel(disk, index)}`,
  settings: [
    { attribute: "target.removable", kind: BUS, only: ["usb"], since: ["9.6.0", ["scsi"]] },
    { attribute: "target.tray", values: ["open"], kind: DEVICE, only: ["cdrom", "floppy"] },
    { attribute: "target.rotationRate", kind: BUS, only: ["scsi", "ide", "sata"] },
    { attribute: "target.rotationRate", kind: DEVICE, only: ["disk"] },
    { attribute: "wwn", kind: BUS, only: ["scsi", "ide"] },
    { attribute: "vendor", kind: BUS, only: ["scsi"] },
    { attribute: "product", kind: BUS, only: ["scsi"] },
    { attribute: "sgio", kind: DEVICE, only: ["lun"] },
    {
      attribute: "sgio",
      values: ["unfiltered"],
      never: "which libvirt does not take any more: no kernel has it",
    },
    { attribute: "geometry", kind: BUS, only: ["ide", "scsi", "sata", "virtio", "fdc"], counts: isWhole },
    { attribute: "geometry.trans", kind: BUS, only: ["ide"], counts: isWhole },
    { attribute: "transient", kind: DEVICE, only: ["disk"] },
    { attribute: "transient", kind: SOURCE, only: ["file"] },
    { attribute: "transient", kind: ACCESS, only: ["read-write"] },
    { attribute: "transient.shareBacking", values: ["yes"], kind: BUS, only: ["virtio", "scsi", "usb"] },
    { attribute: "source.startupPolicy", kind: SOURCE, only: ["file", "block", "dir", "volume"] },
    {
      attribute: "source.startupPolicy",
      values: ["requisite"],
      kind: DEVICE,
      only: ["cdrom", "floppy"],
    },
    { attribute: "source.vhostUser", kind: BUS, only: ["virtio"] },
    ...SERVERS,
  ],
};

/** libvirt looks at a geometry that has all its numbers. */
function isWhole({ geometry }: Disk): boolean {
  return Boolean(geometry?.cylinders && geometry.headers && geometry.sectors);
}

/** A disk is what its bus and its kind make of it. */
export const diskSettingsFit = defineRule({
  code: "VIRT-DSK-063",
  slug: "disk-settings-fit",
  severity: "error",
  stage: "define",
  title: "The settings of a disk must be those of its bus, its kind and its source",
  why: "A tray is a part of a drive, a WWN is a name on SCSI and IDE, vendor and product are what a SCSI disk answers, and a disk that can be called removable is a USB stick, or with newer versions of libvirt one of SCSI. A transient disk is a file with an overlay, and a vhost-user server does by itself what libvirt would have QEMU do. libvirt refuses each setting on all other disks.",
  fix: "Remove the setting, or use a bus and kind that has it.",
  sources: [
    "libvirt news of 9.6.0: removable for scsi disks",
    "libvirt domain_validate.c virDomainDiskDefValidate, virDomainDiskDefValidateStartupPolicy; qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend, qemuValidateDomainDeviceDefDiskTransient",
    "tried: libvirt 9.0.0, define: removable is only valid for usb disks; tray is only valid for cdrom and floppy; rotation rate is only valid for SCSI/IDE/SATA bus, and for disk device; Only ide and scsi disk support wwn; Only scsi disk supports vendor and product; sgio can be used only with device='lun', and unfiltered no longer; CHS translation mode can only be set for 'ide' bus, CHS geometry not for 'usb' and 'sd'; transient disk supported only with 'file' type and 'disk' device, its backing image shared on virtio, scsi and usb alone; startupPolicy is not allowed for disk of 'network' type, 'requisite' only for cdrom or floppy; vhostuser disk supports only virtio bus, and no cache, policies, io, discard, iotune, encryption, serial and the like",
  ],
  needs: ["guest"],
  on: settingSome(DISKS),
  check: (guest) => checkSettings(guest, DISKS),
  examples: {
    bad: (plan) => plan.kvm(withDisk("sda", { target: { dev: "sda", bus: "sata", removable: "on" } })),
    good: (plan) => plan.kvm(withDisk("sda", { target: { dev: "sda", bus: "usb", removable: "on" } })),
  },
  alsoFails: ["VIRT-DSK-029"],
});

function withDisk(name: string, changes: Record<string, unknown>): Record<string, unknown> {
  return { devices: { disks: [{ source: { file: { file: `/srv/${name}.img` } }, ...changes }] } };
}
