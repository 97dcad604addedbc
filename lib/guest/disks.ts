import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { Memory } from "../memory";
import { isLate } from "../plan/late";
import type { DomainDevicesDisks } from "../provider/domain";
import type { Image } from "../storage/image";
import type { IStoragePool } from "../storage/pool";
import { type IVolume, Volume } from "../storage/volume";
import { Disk, diskConfig, TargetNames } from "./disk";
import type { Guest, GuestProps } from "./guest";
import { seedVolume } from "./seed";

const DEFAULT_ROOT_GIB = 20;

/** Makes the volumes that belong to the guest and the provider's disks, in order: root, own disks, first-boot seed. */
export function bindDisks(
  guest: Guest,
  props: GuestProps,
  busOf: (disk: Disk) => string,
  volumesByPath: boolean,
): DomainDevicesDisks[] {
  const root = props.image === undefined ? [] : [rootDisk(props.image, props)];
  const disks = [...root, ...(props.disks ?? [])];
  if (props.cloudInit) {
    const pool = disks.map(poolOf).find((each) => each !== undefined) ?? guest.host.defaultPool;
    disks.push(Disk.cdrom(seedVolume(guest, props.cloudInit, pool)));
  }

  const names = new TargetNames(disks);
  return disks.map((disk) => {
    const bus = busOf(disk);
    const dev = disk.options.target ?? names.next(bus);
    const { source, format } = sourceOf(guest, disk, dev, volumesByPath);
    return diskConfig(disk, { dev, bus }, source, {
      // Named always: without a name libxl takes any image for raw bytes.
      name: disk.content.kind === "block" && volumesByPath ? "phy" : "qemu",
      // An ISO is raw to the hypervisor, whatever libvirt calls the volume.
      type: disk.device === "cdrom" || format === "iso" ? "raw" : format,
    });
  });
}

/** The pool that a disk of the guest asks for; undefined where it asks for none. */
function poolOf({ content }: Disk): IStoragePool | undefined {
  return content.kind === "new" || content.kind === "image" ? content.pool : undefined;
}

function rootDisk(image: Image, { rootDiskSize, os }: GuestProps): Disk {
  if (image.format === "iso") return Disk.cdrom(image);
  const needed = Math.max(DEFAULT_ROOT_GIB, os?.minimum.diskGiB ?? 0);
  return Disk.image(image, { size: rootDiskSize ?? Memory.gibibytes(needed) });
}

function sourceOf(
  guest: Guest,
  disk: Disk,
  dev: string,
  volumesByPath: boolean,
): { source: DomainDevicesDisks["source"]; format: string } {
  const { content } = disk;
  switch (content.kind) {
    case "file":
      return { source: { file: { file: content.path } }, format: content.format };
    case "block":
      return { source: { block: { dev: content.device } }, format: "raw" };
    case "volume":
      return volumeSource(content.volume, volumesByPath);
    case "new": {
      const pool = content.pool ?? guest.host.defaultPool;
      const name = `${guest.guestName}-${dev}.qcow2`;
      return volumeSource(
        new Volume(guest, `Disk-${dev}`, { pool, name, size: content.size }),
        volumesByPath,
      );
    }
    case "image": {
      const pool = content.pool ?? guest.host.defaultPool;
      const base = imageVolume(guest, dev, pool, content.image);
      if (content.image.format === "iso") return volumeSource(base, volumesByPath);
      const name = `${guest.guestName}-${dev}.qcow2`;
      const overlay = new Volume(guest, `Disk-${dev}`, { pool, name, size: content.size, base });
      return volumeSource(overlay, volumesByPath);
    }
  }
}

function volumeSource(
  volume: IVolume,
  byPath: boolean,
): { source: DomainDevicesDisks["source"]; format: string } {
  const source = byPath
    ? { file: { file: volume.volumePath ?? "" } }
    : { volume: { pool: volume.poolName, volume: volume.volumeName } };
  return { source, format: volume.format };
}

/** The volume that holds an image in a pool: one for all guests of the pool, made with the first of them. */
function imageVolume(guest: Guest, dev: string, pool: IStoragePool, image: Image): IVolume {
  // What is late has no name to share it by that would be the same in every run.
  if (isLate(image.location)) {
    const name = `${guest.guestName}-${dev}-base.${image.format}`;
    return new Volume(guest, `Image-${dev}`, { pool, name, image });
  }
  const of = Construct.isConstruct(pool) ? pool.node.path : pool.poolName;
  const hash = createHash("sha256").update(`${of}\n${image.location}\n${image.format}`).digest("hex");
  const id = `Image-${hash.slice(0, 8)}`;
  const existing = guest.host.node.tryFindChild(id) as Volume | undefined;
  // Two versions of an image often have one file name, and the new one is there before the old one is gone.
  const name = `${image.stem}-${hash.slice(0, 8)}.${image.format}`;
  return existing ?? new Volume(guest.host, id, { pool, name, image });
}
