import { diskDevice, type PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { textsOf } from "../../plan/instances";
import { containsLate, isLate, known, type Planned } from "../../plan/late";
import { groupBy, type Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import type { DomainDevicesDisks } from "../../provider/domain";
import { imageLabel } from "../dsk/disks";
import type { Use } from "../together";

type Disk = Planned<DomainDevicesDisks>;

/** One instance of a guest that has an image as a disk. */
export interface ImageUse extends Use {
  readonly at: string;
  /** What the user calls the image. */
  readonly label: string;
  /** Equal for two images of a host exactly when they are one; undefined when only apply knows. */
  readonly key: string | undefined;
  readonly writes: boolean;
  readonly shareable: boolean;
  /** Whether the image lies on the network, where every host finds it under the same key. */
  readonly network: boolean;
}

/** Protocols that QEMU only reads. */
const READ_ONLY_PROTOCOLS = ["http", "https", "ftp", "ftps", "tftp"];
/** An instance of a repeated volume: `${libvirt_volume.root[0].name}`. */
const VOLUME_INSTANCE = /^\$\{(libvirt_volume\.[\w-]+\[(?:\d+|"[^"]*")\])\.\w+\}$/;

/** Every use of an image by a guest of the plan. */
export function imageUses(plan: Plan): readonly ImageUse[] {
  return plan.index("image uses", () =>
    plan.guests.flatMap((guest) => guest.disks.flatMap((disk, index) => usesOf(plan, guest, disk, index))),
  );
}

/** The uses of each image: local ones of one host, and those of an image on the network. */
export function imagesInUse(plan: Plan): readonly (readonly ImageUse[])[] {
  return plan.index("images in use", () => {
    const local = groupBy(
      imageUses(plan).filter((use) => !use.network),
      (use) => use.guest.host,
    );
    const network = imageUses(plan).filter((use) => use.network);
    return [...local.values(), network].flatMap((uses) => [...groupBy(uses, (use) => use.key).values()]);
  });
}

/** The key by which `imageUses` knows the image at a path of a host. */
export function imageKeyOfPath(plan: Plan, host: PlanHost, path: string): string {
  const volume = plan.volumeByPath(host, path);
  return volume ? `${volume.unit}/${volume.address}` : path;
}

function usesOf(plan: Plan, guest: PlanGuest, disk: Disk, index: number): ImageUse[] {
  const { protocol } = disk.source?.network ?? {};
  const reads =
    disk.readOnly === true ||
    diskDevice(disk) === "cdrom" ||
    disk.transient?.shareBacking === "yes" ||
    READ_ONLY_PROTOCOLS.includes(protocol ?? "");
  return imagesOf(plan, guest, disk).map((key) => ({
    guest,
    at: `devices.disks[${index}].source`,
    label: imageLabel(disk) ?? key ?? "an image",
    key,
    writes: !reads,
    shareable: disk.shareable === true,
    network: disk.source?.network !== undefined,
    uncertain:
      isLate(guest.multiplicity) || isLate(disk.readOnly) || isLate(disk.device) || isLate(disk.shareable),
  }));
}

/** A key for each instance of the guest, undefined where it is late. None for a disk without an image. */
function imagesOf(plan: Plan, guest: PlanGuest, disk: Disk): (string | undefined)[] {
  const { source } = disk;
  const network = source?.network;
  const backend = guest.isXen ? disk.backendDomain?.name : undefined;
  const expression = network?.name ?? source?.file?.file ?? source?.block?.dev ?? source?.volume?.volume;
  if (expression === undefined) return [];
  // A path means another file in each driver domain.
  if (backend !== undefined) {
    const texts = textsOf(guest, expression) ?? [expression];
    return texts.map((text) => (isLate(backend) || isLate(text) ? undefined : `${backend}:${text}`));
  }
  const volume = network ? undefined : volumeOfDisk(plan, guest, disk);
  const key = volume && !volume.repeated ? `${volume.unit}/${volume.address}` : undefined;
  if (key !== undefined && guest.multiplicity === 1) return [key];
  const texts = textsOf(guest, expression) ?? [expression];
  if (network) {
    const { protocol, hosts, snapshot } = network;
    if (containsLate([protocol, hosts, snapshot])) return texts.map(() => undefined);
    const place = (hosts ?? []).map(({ name, port, socket }) => `${name ?? socket}:${port ?? ""}`).sort();
    return texts.map((text) =>
      isLate(text) ? undefined : [protocol, ...place, text, snapshot?.name].filter(Boolean).join(" "),
    );
  }
  if (key !== undefined) return texts.map(() => key);
  return texts.map((text) => {
    const instance = VOLUME_INSTANCE.exec(text)?.[1];
    if (instance !== undefined) return `${guest.unit}/${instance}`;
    if (isLate(text)) return undefined;
    return source?.volume
      ? imageOfPool(plan, guest.host, known(source.volume.pool), text)
      : imageKeyOfPath(plan, guest.host, text);
  });
}

function imageOfPool(plan: Plan, host: PlanHost, pool: string | undefined, name: string): string | undefined {
  if (pool === undefined) return undefined;
  const volume = plan.volumeByName(host, pool, name);
  if (volume) return `${volume.unit}/${volume.address}`;
  return imageKeyOfPath(plan, host, `${plan.folderOf(host, pool) ?? pool}/${name}`);
}
