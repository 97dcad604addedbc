import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { differ } from "../host/is-host";
import { Memory } from "../memory";
import { isArm } from "../plan/arch";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import type { DomainDevicesDisks } from "../provider/domain";
import type { Image } from "../storage/image";
import type { IStoragePool } from "../storage/pool";
import { type IVolume, Volume } from "../storage/volume";
import { Disk, type DiskBus, diskConfig, TargetNames } from "./disk";
import { backendOf } from "./driver-domain";
import type { Guest, GuestProps } from "./guest";
import { seedVolume } from "./seed";

/** The provider asks for the capacity of an overlay, and nobody knows that of an image. */
const DEFAULT_IMAGE_GIB = 20;

/** What a kind of guest wants of its disks. */
export interface DiskTraits {
  /** Bus of a disk. */
  bus(disk: Disk): DiskBus;
  /** libxl reads a volume only by its path; QEMU takes pool and name. */
  readonly volumesByPath: boolean;
  /** Names for CD-ROMs, the best first. @default - the next of the bus, as for any disk */
  readonly cdromTargets?: readonly string[];
  /** Names for read-only disks, the best first. @default - the next of the bus, as for any disk */
  readonly readOnlyTargets?: readonly string[];
}

/** Makes the volumes that belong to the guest and the provider's disks, in order: root, own disks, first-boot seed. */
export function bindDisks(
  guest: Guest,
  props: GuestProps,
  traits: DiskTraits,
  issues: PropIssue[],
): DomainDevicesDisks[] {
  const slots: Slot[] = (props.disks ?? []).map((disk, index) => ({ disk, prop: `disks[${index}]` }));
  if (props.image !== undefined) slots.unshift({ disk: rootDisk(props.image, props), prop: "image" });
  if (props.cloudInit) {
    const pool = slots.map(poolOf).find((each) => each !== undefined) ?? guest.host.defaultPool;
    slots.push({ disk: Disk.cdrom(seedVolume(guest, props.cloudInit, pool)), prop: "cloudInit" });
  }

  const devs = targetsOf(
    slots.map(({ disk }) => disk),
    traits,
  );
  const binder = new DiskBinder(guest, traits.volumesByPath, issues);
  return slots.map(({ disk, prop }, index) => {
    const bus = traits.bus(disk);
    const dev = devs[index]!;
    const { source, format } = binder.bind(disk, prop, dev, index);
    const driver = {
      // Named always: without a name libxl takes any image for raw bytes.
      name: traits.volumesByPath && servedByKernel(guest, disk, format) ? "phy" : "qemu",
      // An ISO is raw to the hypervisor, whatever libvirt calls the volume. Of an empty drive QEMU forgets it.
      ...((source || traits.volumesByPath) && {
        type: disk.device === "cdrom" || format === "iso" ? "raw" : format,
      }),
    };
    return {
      ...diskConfig(disk, { dev, bus }, source, driver),
      ...backendOf(guest, disk.options.backendDomain, prop, issues),
    };
  });
}

/** dom0's kernel serves block devices, and on ARM raw images too: few hosts have a QEMU with Xen there. */
const servedByKernel = (guest: Guest, { content, device }: Disk, format: string | undefined) =>
  content.kind === "block" || (isArm(guest.host.arch) && device === "disk" && format === "raw");

/** Xen emulates xvda as the IDE disk hda: these are one place. */
const xenPlace = (name: string) => name.replace(/^(?:xvd|hd)/, "");

/** Names of the devices. Where CD-ROMs have places of their own, these are kept free for them. */
function targetsOf(
  disks: readonly Disk[],
  { bus, volumesByPath, cdromTargets, readOnlyTargets = [] }: DiskTraits,
): string[] {
  const names = new TargetNames(disks, volumesByPath ? xenPlace : undefined);
  const preferred = (disk: Disk) => {
    if (disk.device === "cdrom") return cdromTargets;
    // What is late may be read-only.
    return disk.options.readOnly && bus(disk) === "xen" ? readOnlyTargets : [];
  };
  const next = (disk: Disk) => disk.options.target ?? names.next(bus(disk), preferred(disk));
  const cdroms = new Map(
    disks.filter(({ device }) => cdromTargets && device === "cdrom").map((disk) => [disk, next(disk)]),
  );
  return disks.map((disk) => cdroms.get(disk) ?? next(disk));
}

/** A disk, and the prop that it comes from. */
interface Slot {
  readonly disk: Disk;
  readonly prop: string;
}

/** The pool that a disk of the guest asks for; undefined where it asks for none. */
function poolOf({ disk: { content } }: Slot): IStoragePool | undefined {
  return content.kind === "new" || content.kind === "image" ? content.pool : undefined;
}

function rootDisk(image: Image, { rootDiskSize, os }: GuestProps): Disk {
  if (image.format === "iso") return Disk.cdrom(image);
  const needed = Math.max(DEFAULT_IMAGE_GIB, os?.minimum.diskGiB ?? 0);
  return Disk.image(image, { size: rootDiskSize ?? Memory.gibibytes(needed) });
}

interface Source {
  readonly source?: DomainDevicesDisks["source"];
  readonly format: string;
}

class DiskBinder {
  constructor(
    private readonly guest: Guest,
    private readonly volumesByPath: boolean,
    private readonly issues: PropIssue[],
  ) {}

  bind({ content, device }: Disk, prop: string, dev: string, index: number): Source {
    switch (content.kind) {
      case "file":
        return { source: { file: { file: content.path } }, format: content.format };
      case "block":
        return { source: { block: { dev: content.device } }, format: "raw" };
      case "volume":
        return this.volume(content.volume, prop);
      case "new":
        return this.volume(this.newVolume(content, dev, index), prop);
      case "image": {
        const pool = content.pool ?? this.guest.host.defaultPool;
        const base = imageVolume(this.guest, this.nameOf(dev, index), pool, content.image);
        if (device === "cdrom") return this.volume(base, prop);
        const size = content.size ?? Memory.gibibytes(DEFAULT_IMAGE_GIB);
        return this.volume(this.newVolume({ pool, size, base }, dev, index), prop);
      }
      case "nothing":
        return { format: "raw" };
    }
  }

  private newVolume(
    { pool, size, base }: { pool?: IStoragePool; size?: Memory; base?: IVolume },
    dev: string,
    index: number,
  ): Volume {
    const slot = this.nameOf(dev, index);
    return new Volume(this.guest, `Disk-${slot}`, {
      pool: pool ?? this.guest.host.defaultPool,
      name: `${this.guest.guestName}-${slot}.qcow2`,
      ...(size && { size }),
      ...(base && { base }),
    });
  }

  /** The device's name, where it can be part of a path and no other disk of the guest has it. */
  private nameOf(dev: string, index: number): string {
    const usable = /^[a-z][a-z0-9]*$/.test(dev) && !this.guest.node.tryFindChild(`Disk-${dev}`);
    return usable ? dev : String(index);
  }

  private volume(volume: IVolume, prop: string): Source {
    if (differ(this.guest.host, volume.host)) {
      this.issues.push({
        prop,
        message: `is on "${volume.host.node.id}", and the guest on "${this.guest.host.node.id}"`,
        fix: "put both on one host",
      });
    }
    if (!this.volumesByPath) {
      return {
        source: { volume: { pool: volume.poolName, volume: volume.volumeName } },
        format: volume.format,
      };
    }
    if (volume.volumePath === undefined) {
      this.issues.push({
        prop,
        message: "is a volume of which nothing says where it lies, and Xen reads volumes by their paths",
        fix: "give the path: Volume.fromExisting(pool, name, { path })",
      });
      return { format: volume.format };
    }
    return { source: { file: { file: volume.volumePath } }, format: volume.format };
  }
}

/** The volume that holds an image in a pool: one for all guests of the pool, made with the first of them. */
function imageVolume(guest: Guest, slot: string, pool: IStoragePool, image: Image): IVolume {
  // What is late has no name to share it by that would be the same in every run.
  if (isLate(image.location)) {
    const name = `${guest.guestName}-${slot}-base.${image.format}`;
    return new Volume(guest, `Image-${slot}`, { pool, name, image });
  }
  const of = Construct.isConstruct(pool) ? pool.node.path : pool.poolName;
  const hash = createHash("sha256").update(`${of}\n${image.location}\n${image.format}`).digest("hex");
  const id = `Image-${hash.slice(0, 8)}`;
  const existing = guest.host.node.tryFindChild(id) as Volume | undefined;
  // Two versions of an image often have one file name, and the new one is there before the old one is gone.
  const name = `${image.stem}-${hash.slice(0, 8)}.${image.format}`;
  return existing ?? new Volume(guest.host, id, { pool, name, image });
}
