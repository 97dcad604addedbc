import type { Memory } from "../memory";
import type { DomainDevicesDisks } from "../provider/domain";
import { Image } from "../storage/image";
import type { IStoragePool } from "../storage/pool";
import type { IVolume } from "../storage/volume";

export type DiskBus = "virtio" | "scsi" | "sata" | "ide" | "usb" | "xen" | "nvme";

export interface DiskOptions {
  /** @default - virtio (KVM), xen (Xen); SATA for a system without virtio drivers and for CD-ROMs */
  readonly bus?: DiskBus;
  /** Name of the device, such as vdb. @default - the next free name of the bus */
  readonly target?: string;
  /** @default - true for a CD-ROM, else false */
  readonly readOnly?: boolean;
  /** Other guests may use it at the same time; needs a raw image and a cluster file system. @default false */
  readonly shareable?: boolean;
  /** `none`, `writeback`, `writethrough`, `directsync`, `unsafe`. @default - the hypervisor's */
  readonly cache?: string;
  /** `native`, `threads`, `io_uring`; native needs cache none or directsync. @default - the hypervisor's */
  readonly io?: string;
  /** `unmap` gives freed blocks back to the host. @default - the hypervisor's */
  readonly discard?: string;
  /** Serial number that the guest sees. */
  readonly serial?: string;
  /** Place in the boot order, from 1. @default - by the order of boot devices */
  readonly bootOrder?: number;
}

export interface NewDiskOptions extends DiskOptions {
  /** Where the volume is made. @default - the host's default pool */
  readonly pool?: IStoragePool;
}

/** Where a disk's content comes from. */
export type DiskContent =
  | { readonly kind: "volume"; readonly volume: IVolume }
  | { readonly kind: "file"; readonly path: string; readonly format: string }
  | { readonly kind: "block"; readonly device: string }
  | { readonly kind: "new"; readonly size: Memory; readonly pool?: IStoragePool }
  | { readonly kind: "image"; readonly image: Image; readonly size?: Memory; readonly pool?: IStoragePool };

const BRAND = Symbol.for("virt-constructs/Disk");

/** A disk of a guest. */
export class Disk {
  /** A volume that the plan makes or that exists. */
  static volume(volume: IVolume, options: DiskOptions = {}): Disk {
    return new Disk("disk", { kind: "volume", volume }, options);
  }

  /** An image file on the host. */
  static file(path: string, options: DiskOptions & { readonly format?: "qcow2" | "raw" } = {}): Disk {
    const { format = "qcow2", ...rest } = options;
    return new Disk("disk", { kind: "file", path, format }, rest);
  }

  /** A block device of the host, such as a logical volume. */
  static block(device: string, options: DiskOptions = {}): Disk {
    return new Disk("disk", { kind: "block", device }, options);
  }

  /** A new, empty volume that belongs to the guest. */
  static empty(size: Memory, options: NewDiskOptions = {}): Disk {
    const { pool, ...rest } = options;
    return new Disk("disk", { kind: "new", size, pool }, rest);
  }

  /** A new volume of the guest that starts as the image is: an overlay, so that guests share the image. */
  static image(image: Image, options: NewDiskOptions & { readonly size?: Memory } = {}): Disk {
    const { pool, size, ...rest } = options;
    return new Disk("disk", { kind: "image", image, size, pool }, rest);
  }

  /** A CD-ROM with a volume, with an ISO image to upload, or with an ISO file on the host. */
  static cdrom(source: IVolume | Image | string, options: NewDiskOptions = {}): Disk {
    const { pool, ...rest } = options;
    if (typeof source === "string")
      return new Disk("cdrom", { kind: "file", path: source, format: "raw" }, rest);
    if (Image.isImage(source)) return new Disk("cdrom", { kind: "image", image: source, pool }, rest);
    return new Disk("cdrom", { kind: "volume", volume: source }, rest);
  }

  static isDisk(value: unknown): value is Disk {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    readonly device: "disk" | "cdrom",
    readonly content: DiskContent,
    readonly options: DiskOptions,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

const PREFIX: Readonly<Record<string, string>> = {
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

  constructor(disks: readonly Disk[]) {
    this.taken = new Set(disks.map((disk) => disk.options.target).filter((target) => target !== undefined));
  }

  next(bus: string): string {
    const prefix = PREFIX[bus] ?? "sd";
    for (let number = 0; ; number++) {
      const name = prefix + letters(number);
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
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
  driver: { readonly name: string; readonly type: string },
): DomainDevicesDisks {
  const { readOnly, shareable, cache, io, discard, serial, bootOrder } = disk.options;
  return {
    ...(disk.device === "cdrom"
      ? { device: "cdrom", readOnly: readOnly ?? true }
      : readOnly
        ? { readOnly }
        : {}),
    source,
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
