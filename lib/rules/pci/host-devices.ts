import type { HostFacts } from "../../host-facts";
import type { PlanGuest } from "../../plan/guest";
import { containsLate, isLate, known, type Planned } from "../../plan/late";
import { type PciParts, pciAddress } from "../../plan/pci-address";
import type { Plan } from "../../plan/plan";
import type { DomainDevicesHostdevs, DomainDevicesInterfaces } from "../../provider/domain";
import type { Subjects } from "../../rule";

/** A device of the host that a guest gets for itself. */
export interface HostDevice {
  readonly kind: "pci" | "usb" | "scsi" | "scsi-host" | "mdev" | "unknown";
  /** The attribute that asks for it. */
  readonly at: string;
  /** What the user calls it: `PCI device 0000:65:00.0`. */
  readonly label: string;
  /** Equal for two devices exactly when they are one; undefined when it is late, missing, or the host chooses. */
  readonly key?: string;
  /** Whether only apply knows which device it is. */
  readonly late: boolean;
  /** Whether it leaves the guest before a migration and comes back after it. */
  readonly transient: boolean;
  readonly shareable: boolean;
}

type Hostdev = Planned<DomainDevicesHostdevs>;
type Nic = Planned<DomainDevicesInterfaces>;
type Identity = Pick<HostDevice, "kind" | "label" | "key">;

/** Those of the guests that have a device of the host, or may have. */
export function withHostDevices(subjects: Subjects<PlanGuest>): Subjects<PlanGuest> {
  return {
    name: subjects.name,
    of: (plan) =>
      plan.index(`${subjects.name} with host devices`, () =>
        [...subjects.of(plan)].filter((guest) => hostDevicesOf(plan, guest).length > 0),
      ),
  };
}

/** The host devices of a guest: assigned ones, interfaces that are one, and interfaces on a network of such. */
export function hostDevicesOf(plan: Plan, guest: PlanGuest): readonly HostDevice[] {
  const found = plan.index("host devices", () => new Map<PlanGuest, HostDevice[]>());
  const devices = found.get(guest) ?? findHostDevices(plan, guest);
  found.set(guest, devices);
  return devices;
}

function findHostDevices(plan: Plan, guest: PlanGuest): HostDevice[] {
  const { facts } = guest.host;
  const devices = (guest.domain.devices?.hostdevs ?? []).map((hostdev, index) => {
    const identity = identityOf(hostdev, facts);
    return (
      identity && {
        ...identity,
        late: identity.key === undefined && containsLate(hostdev),
        at: `devices.hostdevs[${index}]`,
        transient: hostdev.subsysPci?.teaming?.type === "transient",
        shareable: hostdev.subsysScsi?.shareable === true,
      }
    );
  });
  const nics = guest.interfaces.map((nic, index) => {
    const identity = nicIdentity(plan, guest, nic);
    return (
      identity && {
        ...identity,
        late: identity.key === undefined && containsLate(nic.source?.hostdev),
        at: `devices.interfaces[${index}]`,
        transient: nic.teaming?.type === "transient",
        shareable: false,
      }
    );
  });
  return [...devices, ...nics].filter((device) => device !== undefined);
}

function identityOf(hostdev: Hostdev, facts: HostFacts | undefined): Identity | undefined {
  if (isLate(hostdev)) return { kind: "unknown", label: "a device" };
  const { subsysPci, subsysUsb, subsysScsi, subsysScsiHost, subsysMDev } = hostdev;
  if (subsysPci) return pciIdentity(subsysPci.source?.address);
  if (subsysUsb) return usbIdentity(subsysUsb.source, facts);
  if (subsysMDev) {
    const uuid = subsysMDev.source?.address?.uuid;
    return named("mdev", "mediated device", known(uuid)?.toLowerCase());
  }
  if (subsysScsiHost) return named("scsi-host", "SCSI host", known(subsysScsiHost.source?.wwpn));
  if (!subsysScsi) return undefined;
  const { adapter, address } = subsysScsi.source?.host ?? {};
  const place = numbers([address?.bus, address?.target, address?.unit]);
  return named("scsi", "SCSI device", known(adapter?.name) && place && `${adapter!.name} ${place.join(":")}`);
}

function nicIdentity(plan: Plan, guest: PlanGuest, { source }: Nic): Identity | undefined {
  if (source === undefined || isLate(source)) return undefined;
  if (source.hostdev?.pci) return pciIdentity(source.hostdev.pci.address);
  if (source.hostdev?.usb) return usbIdentity(source.hostdev.usb, guest.host.facts);
  const name = known(source.network?.network);
  const network = name === undefined ? undefined : plan.networksNamed(guest.host, name)[0];
  // libvirt takes a free device from the network's pool when the guest starts.
  return network?.config.forward?.mode === "hostdev"
    ? { kind: "pci", label: `a PCI device of network "${name}"` }
    : undefined;
}

function pciIdentity(address: PciParts | undefined): Identity {
  const isKnown = address && numbers([address.domain, address.bus, address.slot, address.function]);
  return named("pci", "PCI device", isKnown ? pciAddress(address) : undefined);
}

interface UsbSource {
  readonly vendor?: { readonly id?: string };
  readonly product?: { readonly id?: string };
  readonly address?: { readonly bus?: unknown; readonly device?: unknown };
}

/** By vendor and product, or by its place; where the host's facts show that both are one device, as one. */
function usbIdentity(source: UsbSource | undefined, facts: HostFacts | undefined): Identity {
  const place = source?.address && numbers([source.address.bus, source.address.device]);
  const ids = [source?.vendor?.id, source?.product?.id].map((id) => hexId(known(id)));
  const devices = facts?.data.nodeDevices ?? [];
  if (place && place[0]! > 0) {
    const label = place.map((part) => String(part).padStart(3, "0")).join(":");
    const device = devices.find(
      ({ usbAddress }) => usbAddress?.bus === place[0] && usbAddress?.device === place[1],
    );
    return { kind: "usb", label: `USB device ${label}`, key: `usb ${device?.name ?? label}` };
  }
  if (source?.address?.bus !== undefined || ids.includes(undefined))
    return named("usb", "USB device", undefined);
  const label = ids.join(":");
  const matching = devices.filter(
    ({ kind, vendorId, productId }) =>
      kind === "usb" && [hexId(vendorId), hexId(productId)].join(":") === label,
  );
  const name = matching.length === 1 ? matching[0]!.name : label;
  return { kind: "usb", label: `USB device ${label}`, key: `usb ${name}` };
}

function named(kind: HostDevice["kind"], what: string, name: string | undefined): Identity {
  return name ? { kind, label: `${what} ${name}`, key: `${kind} ${name}` } : { kind, label: `a ${what}` };
}

/** The numbers where all are known; what is absent is 0 to libvirt. */
function numbers(values: readonly unknown[]): number[] | undefined {
  const all = values.map((value) => value ?? 0);
  return all.every((value) => typeof value === "number") ? (all as number[]) : undefined;
}

/** `0x046D` and `46d` as `046d`. */
function hexId(id: string | undefined): string | undefined {
  return id?.toLowerCase().replace(/^0x/, "").padStart(4, "0");
}
