import { diskBus, diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate, known, type Late, type Planned } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import type { DomainDevicesDisks } from "../../provider/domain";

type Disk = Planned<DomainDevicesDisks>;

/** What makes images with the first-boot configuration of a guest. */
const SEEDS = new Set(["libvirt_cloudinit_disk", "libvirt_combustion", "libvirt_ignition"]);

/** The disk that the guest boots from, with its path. */
export interface RootDisk {
  readonly disk: Disk;
  readonly at: string;
}

/** The disk with the lowest boot order, else the first; `"late"` when only apply knows which that is. */
export function rootDisk(guest: PlanGuest): RootDisk | "late" | undefined {
  if (guest.disks.some((disk) => isLate(disk.device) || isLate(disk.boot?.order))) return "late";
  const disks = guest.disks
    .map((disk, index) => ({ disk, at: `devices.disks[${index}]` }))
    .filter(({ disk }) => diskDevice(disk) === "disk");
  const ordered = disks.filter(({ disk }) => disk.boot?.order !== undefined);
  ordered.sort((a, b) => (a.disk.boot?.order as number) - (b.disk.boot?.order as number));
  return ordered[0] ?? disks[0];
}

/**
 * How a disk is attached when it takes a virtio driver to see it; undefined for other buses. A SCSI disk does when
 * its controller is virtio-scsi; without a model libvirt takes another controller wherever QEMU has one.
 */
export function virtioAttachment(guest: PlanGuest, disk: Disk): "virtio" | "virtio-scsi" | Late | undefined {
  const bus = diskBus(disk);
  if (isLate(bus)) return bus;
  if (bus === "virtio") return "virtio";
  if (bus !== "scsi") return undefined;
  const models = (guest.domain.devices?.controllers ?? [])
    .filter(({ type }) => type === "scsi" || isLate(type))
    .map(({ model }) => model);
  if (models.some((model) => known(model)?.startsWith("virtio"))) return "virtio-scsi";
  return models.find(isLate);
}

/**
 * The installation medium of a guest that is installed from it alone: its root disk is a blank volume of the plan,
 * and there is one CD-ROM. Drivers when a second CD-ROM has them by its name. Undefined when nobody can tell.
 */
export function installation(
  plan: Plan,
  guest: PlanGuest,
  root: Disk,
): { medium: string; drivers: boolean } | undefined {
  const volume = volumeOfDisk(plan, guest, root);
  if (!volume || volume.config.create !== undefined || volume.config.backingStore !== undefined)
    return undefined;
  const media = guest.disks
    .filter((disk) => diskDevice(disk) === "cdrom" && disk.source !== undefined)
    .flatMap((disk) => mediumOf(plan, guest, disk));
  if (media.includes(undefined)) return undefined;
  const drivers = media.some((medium) => /virtio/i.test(medium!));
  return media.length === 1 || drivers ? { medium: media[0]!, drivers } : undefined;
}

/** What a CD-ROM holds, by the name of its image; nothing for the seed of a first boot. */
function mediumOf(plan: Plan, guest: PlanGuest, disk: Disk): (string | undefined)[] {
  const volume = volumeOfDisk(plan, guest, disk);
  if (!volume) return [known(disk.source?.file?.file ?? disk.source?.volume?.volume)];
  const url = volume.config.create?.content?.url;
  const from = url === undefined ? undefined : plan.referenced(volume, url)?.type;
  if (from !== undefined && SEEDS.has(from)) return [];
  return [known(url) ?? known(volume.config.name)];
}
