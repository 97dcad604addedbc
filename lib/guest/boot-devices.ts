import { isLate } from "../plan/late";
import type { DomainOsBootDevices } from "../provider/domain";
import type { GuestProps } from "./guest";

/** libvirt's names for the kinds of device that a machine boots. */
type Kind = "hd" | "cdrom" | "network";

/** A device as its kind sees it: with its order, if it has one. */
interface Bootable {
  readonly kind: Kind;
  readonly order?: number;
}

/**
 * The boot order of devices as an order of their kinds, for a hypervisor that knows no other. Undefined where there
 * is none, and where it cannot be said so: of each kind the first device boots.
 */
export function bootDevices({ image, disks = [], nics = [] }: GuestProps): DomainOsBootDevices[] | undefined {
  const root: Bootable[] = image ? [{ kind: image.format === "iso" ? "cdrom" : "hd" }] : [];
  const devices: readonly Bootable[] = [
    ...root,
    ...disks.map(
      ({ device, options }): Bootable => ({
        kind: device === "cdrom" ? "cdrom" : "hd",
        order: options.bootOrder,
      }),
    ),
    ...nics.map(({ options }): Bootable => ({ kind: "network", order: options.bootOrder })),
  ];
  if (devices.some(({ order }) => isLate(order))) return undefined;
  const ordered = devices
    .filter((device) => device.order !== undefined)
    .sort((one, other) => one.order! - other.order!);
  if (ordered.length === 0) return undefined;
  const kinds = [...new Set(ordered.map(({ kind }) => kind))];
  const first = (list: readonly Bootable[], kind: Kind) => list.find((device) => device.kind === kind);
  const sayable = kinds.every((kind) => first(devices, kind) === first(ordered, kind));
  return sayable ? kinds.map((dev) => ({ dev })) : undefined;
}
