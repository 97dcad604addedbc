import { type Code, call, object } from "../code";
import { type Config, listOf, NoConstruct, objectOf, type Places, textOf, unless } from "./proposal";

/** What a kind of guest does with disks that say nothing. */
export interface DiskDefaults {
  /** Undefined where it depends on more than is known here. */
  readonly bus: string | undefined;
  readonly cdromBus: string | undefined;
  readonly blockDriver: "qemu" | "phy";
}

const PREFIX: Readonly<Record<string, string>> = {
  ...{ virtio: "vd", scsi: "sd", sata: "sd", usb: "sd", ide: "hd", xen: "xvd" },
};

/** The disks of a guest as code, unless one is of a kind that no Disk is. */
export function disksOf(devices: Config, defaults: DiskDefaults, places: Places): Code[] | NoConstruct {
  const disks = listOf(devices.disks);
  const names = disks.map((disk) => textOf(objectOf(disk.target).dev));
  const named = !inOrder(disks, names);
  const codes = disks.map((disk, index) => diskOf(disk, named ? names[index] : undefined, defaults, places));
  const other = codes.indexOf(undefined);
  return other < 0
    ? (codes as Code[])
    : new NoConstruct(`devices.disks[${other}] is of no kind that Disk has`);
}

/** Whether every disk has the name that it would get. */
function inOrder(disks: readonly Config[], names: readonly (string | undefined)[]): boolean {
  const next = new Map<string, number>();
  return disks.every((disk, index) => {
    const prefix = PREFIX[String(objectOf(disk.target).bus)];
    if (prefix === undefined) return false;
    const number = next.get(prefix) ?? 0;
    next.set(prefix, number + 1);
    return number < 26 && names[index] === prefix + String.fromCharCode(97 + number);
  });
}

function diskOf(
  disk: Config,
  target: string | undefined,
  defaults: DiskDefaults,
  places: Places,
): Code | undefined {
  const { device, readOnly, shareable, serial } = disk;
  const driver = objectOf(disk.driver);
  const isCdrom = device === "cdrom";
  if (device !== undefined && !isCdrom) return undefined;
  const options = {
    bus: unless(objectOf(disk.target).bus, isCdrom ? defaults.cdromBus : defaults.bus),
    target,
    readOnly: isCdrom ? undefined : readOnly,
    shareable,
    cache: driver.cache,
    io: driver.io,
    discard: driver.discard,
    serial,
    bootOrder: objectOf(disk.boot).order,
  };
  const source = sourceOf(objectOf(disk.source), isCdrom, textOf(driver.type) ?? "raw", places);
  if (source === undefined)
    return isCdrom && disk.source === undefined ? call("Disk.emptyCdrom", given(options)) : undefined;
  const { method, argument, format } = source;
  return call(method, argument, given({ format, ...options }));
}

/** Undefined where nothing is given. */
function given(options: Config): Code | undefined {
  return Object.values(options).every((value) => value === undefined) ? undefined : object(options);
}

interface Source {
  readonly method: string;
  readonly argument: unknown;
  readonly format?: string;
}

function sourceOf(source: Config, isCdrom: boolean, format: string, places: Places): Source | undefined {
  const file = textOf(objectOf(source.file).file);
  const device = textOf(objectOf(source.block).dev);
  const volume = objectOf(source.volume);
  const [pool, name] = [textOf(volume.pool), textOf(volume.volume)];
  if (file !== undefined) {
    return isCdrom
      ? { method: "Disk.cdrom", argument: file }
      : { method: "Disk.file", argument: file, format: unless(format, "qcow2") };
  }
  if (device !== undefined && !isCdrom) return { method: "Disk.block", argument: device };
  if (pool === undefined || name === undefined) return undefined;
  const argument = places.volume(pool, name, isCdrom ? "iso" : format);
  return { method: isCdrom ? "Disk.cdrom" : "Disk.volume", argument };
}
