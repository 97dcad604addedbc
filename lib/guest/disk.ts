import { z } from "zod";
import type { IResolvable } from "../engine";
import type { Memory } from "../memory";
import type { PropIssue } from "../plan/intent";
import { isLate, known } from "../plan/late";
import { absolutePath, check, flag, instance, isText, memory, oneOf, positiveNumber, text } from "../props";
import type { DomainDevicesDisks } from "../provider/domain";
import { Image, image } from "../storage/image";
import { type IStoragePool, storagePool } from "../storage/pool";
import { type IVolume, isVolume, volume } from "../storage/volume";
import { type DriverDomain, driverDomain } from "./driver-domain";

/** What a disk is attached to. */
export type DiskBus = "virtio" | "scsi" | "sata" | "ide" | "usb" | "xen" | "nvme";

/** What every disk has. */
export interface DiskOptions {
  /** What it is attached to. @default - virtio (KVM), xen (Xen); SATA for a system without virtio drivers and for CD-ROMs */
  readonly bus?: DiskBus;
  /** Name of the device, such as vdb. @default - the next free name of the bus */
  readonly target?: string;
  /** The guest cannot write to it. @default - true for a CD-ROM, else false */
  readonly readOnly?: boolean | IResolvable;
  /** Other guests may use it at the same time; needs a raw image and a cluster file system. @default false */
  readonly shareable?: boolean | IResolvable;
  /** `none`, `writeback`, `writethrough`, `directsync`, `unsafe`. @default - the hypervisor's */
  readonly cache?: string;
  /** `native`, `threads`, `io_uring`; native needs cache none or directsync. @default - the hypervisor's */
  readonly io?: string;
  /** `unmap` gives freed blocks back to the host. @default - the hypervisor's */
  readonly discard?: string;
  /** Serial number that the guest sees. @default - none */
  readonly serial?: string;
  /** Place in the boot order, from 1. @default - by the order of boot devices */
  readonly bootOrder?: number;
  /**
   * The guest that serves it in place of dom0, a driver domain, where its source is then a path; on Xen only. A guest
   * is started before the one that it serves; a name stands for one that runs already.
   *
   * @default - dom0
   */
  readonly backendDomain?: DriverDomain;
}

/** What a disk on an image file has besides. */
export interface FileDiskOptions extends DiskOptions {
  /** Format of the file. @default "qcow2" */
  readonly format?: "qcow2" | "raw";
}

/** What a disk has besides for which a volume is made. */
export interface NewDiskOptions extends DiskOptions {
  /** Where the volume is made. @default - the host's default pool */
  readonly pool?: IStoragePool;
}

/** What a disk that starts as an image has besides. */
export interface ImageDiskOptions extends NewDiskOptions {
  /** Capacity, not below the image's. @default - 20 GiB */
  readonly size?: Memory;
}

/** Where a disk's content comes from. */
export type DiskContent =
  | { readonly kind: "volume"; readonly volume: IVolume }
  | { readonly kind: "file"; readonly path: string; readonly format: string }
  | { readonly kind: "block"; readonly device: string }
  | { readonly kind: "new"; readonly size: Memory; readonly pool?: IStoragePool }
  | { readonly kind: "image"; readonly image: Image; readonly size?: Memory; readonly pool?: IStoragePool }
  | { readonly kind: "nothing" };

const options = {
  bus: oneOf("virtio", "scsi", "sata", "ide", "usb", "xen", "nvme").optional(),
  target: text.optional(),
  readOnly: flag.optional(),
  shareable: flag.optional(),
  cache: text.optional(),
  io: text.optional(),
  discard: text.optional(),
  serial: text.optional(),
  bootOrder: positiveNumber.optional(),
  backendDomain: driverDomain.optional(),
};
const pool = storagePool.optional();
const cdromSource = instance(isVolume, "a Volume, an Image, or the path of an ISO file on the host");
const schemas = {
  volume: z.strictObject({ volume, ...options }),
  file: z.strictObject({ path: absolutePath, format: oneOf("qcow2", "raw").optional(), ...options }),
  block: z.strictObject({ device: absolutePath, ...options }),
  empty: z.strictObject({ size: memory, pool, ...options }),
  image: z.strictObject({ image, size: memory.optional(), pool, ...options }),
  cdromOfVolume: z.strictObject({ source: cdromSource, ...options }),
  cdromOfFile: z.strictObject({ source: absolutePath, ...options }),
  cdromOfImage: z.strictObject({ source: image, pool, ...options }),
  emptyCdrom: z.strictObject(options),
};

const BRAND = Symbol.for("virt-constructs/Disk");

/** A disk of a guest. */
export class Disk {
  /** A volume that the plan makes or that exists. */
  static volume(volume: IVolume, options: DiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.volume, { ...options, volume });
    const { volume: used, ...rest } = usable;
    return new Disk("disk", used ? { kind: "volume", volume: used } : NOTHING, rest, issues);
  }

  /** An image file on the host, by its absolute path. */
  static file(path: string, options: FileDiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.file, { ...options, path });
    const { path: used, format = "qcow2", ...rest } = usable;
    return new Disk("disk", { kind: "file", path: used, format }, rest, issues);
  }

  /** A block device of the host, such as a logical volume, by its absolute path. */
  static block(device: string, options: DiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.block, { ...options, device });
    const { device: used, ...rest } = usable;
    return new Disk("disk", { kind: "block", device: used }, rest, issues);
  }

  /** A new, empty volume that belongs to the guest. */
  static empty(size: Memory, options: NewDiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.empty, { ...options, size });
    const { size: used, pool, ...rest } = usable;
    return new Disk("disk", used ? { kind: "new", size: used, pool } : NOTHING, rest, issues);
  }

  /** A new volume of the guest that starts as the image is: an overlay, so that guests share the image. */
  static image(image: Image, options: ImageDiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.image, { ...options, image });
    const { image: used, size, pool, ...rest } = usable;
    return new Disk(
      "disk",
      isGood(used) ? { kind: "image", image: used, size, pool } : NOTHING,
      rest,
      issues,
    );
  }

  /** A CD-ROM with a volume, with an ISO image to upload, or with an ISO file on the host. */
  static cdrom(source: IVolume | Image | string, options: NewDiskOptions = {}): Disk {
    if (Image.isImage(source)) {
      // Whatever its name says, what is in a CD-ROM drive is an ISO image.
      const iso = source.format === "iso" ? source : Image.fromFile(source.location, { format: "iso" });
      const { usable, issues } = check(schemas.cdromOfImage, { ...options, source: iso });
      const { source: used, pool, ...rest } = usable;
      return new Disk("cdrom", isGood(used) ? { kind: "image", image: used, pool } : NOTHING, rest, issues);
    }
    if (isText(source)) {
      const { usable, issues } = check(schemas.cdromOfFile, { ...options, source });
      const { source: path, ...rest } = usable;
      return new Disk("cdrom", { kind: "file", path, format: "raw" }, rest, issues);
    }
    const { usable, issues } = check(schemas.cdromOfVolume, { ...options, source });
    const { source: volume, ...rest } = usable;
    return new Disk("cdrom", volume ? { kind: "volume", volume } : NOTHING, rest, issues);
  }

  /** A CD-ROM drive with nothing in it. */
  static emptyCdrom(options: DiskOptions = {}): Disk {
    const { usable, issues } = check(schemas.emptyCdrom, options);
    return new Disk("cdrom", NOTHING, usable, issues);
  }

  /** Whether a value is a Disk, of this or another copy of the package. */
  static isDisk(value: unknown): value is Disk {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** What the guest sees. */
    readonly device: "disk" | "cdrom",
    /** Where its content comes from. */
    readonly content: DiskContent,
    /** As given, without what cannot be used. */
    readonly options: DiskOptions,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** What is wrong with an image is said where the image is given, not of the volumes that would be made of it too. */
function isGood(image: Image | undefined): image is Image {
  return image !== undefined && !image.issues?.length;
}

/** Of an empty drive, and of a disk whose content was refused. */
const NOTHING: DiskContent = { kind: "nothing" };

export const disk = instance(Disk.isDisk, "a Disk, such as Disk.volume(volume)");

const PREFIX: Readonly<Record<DiskBus, string>> = {
  virtio: "vd",
  scsi: "sd",
  sata: "sd",
  usb: "sd",
  ide: "hd",
  xen: "xvd",
  nvme: "nvme",
};

/** Gives out device names in order: vda, vdb, … vdz, vdaa. A name that the user chose is not given again. */
export class TargetNames {
  private readonly taken: Set<string>;

  constructor(
    disks: readonly Disk[],
    /** Tells which names are one place. */
    private readonly placeOf: (name: string) => string = (name) => name,
  ) {
    const chosen = disks.map((disk) => disk.options.target).filter((target) => target !== undefined);
    this.taken = new Set(chosen.map((name) => (isLate(name) ? name : placeOf(name))));
  }

  /** The first of these names that is free, else the next of the bus. */
  next(bus: DiskBus, preferred: readonly string[] = []): string {
    for (const name of preferred) if (this.take(name)) return name;
    for (let number = 0; ; number++) {
      // Of NVMe each disk has a controller of its own, and the name counts these.
      const name = bus === "nvme" ? `nvme${number}n1` : PREFIX[known(bus) ?? "scsi"] + letters(number);
      if (this.take(name)) return name;
    }
  }

  private take(name: string): boolean {
    const place = this.placeOf(name);
    if (this.taken.has(place)) return false;
    this.taken.add(place);
    return true;
  }
}

function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}

/** The provider's disk, apart from its source and format. */
export function diskConfig(
  disk: Disk,
  target: { readonly dev: string; readonly bus: string },
  source: DomainDevicesDisks["source"],
  driver: { readonly name: string; readonly type?: string },
): DomainDevicesDisks {
  const { readOnly, shareable, cache, io, discard, serial, bootOrder } = disk.options;
  return {
    ...(disk.device === "cdrom"
      ? { device: "cdrom", readOnly: readOnly ?? true }
      : readOnly
        ? { readOnly }
        : {}),
    ...(source && { source }),
    target,
    driver: {
      ...driver,
      ...(cache === undefined ? {} : { cache }),
      ...(io === undefined ? {} : { io }),
      ...(discard === undefined ? {} : { discard }),
    },
    ...(shareable ? { shareable } : {}),
    ...(serial === undefined ? {} : { serial }),
    ...(bootOrder === undefined ? {} : { boot: { order: bootOrder } }),
  };
}
