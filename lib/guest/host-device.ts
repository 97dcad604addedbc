import { z } from "zod";
import type { IResolvable } from "../engine";
import type { PropIssue } from "../plan/intent";
import { check, flag, instance, late, literal } from "../props";
import type { DomainDevicesHostdevs } from "../provider/domain";

const BRAND = Symbol.for("virt-constructs/HostDevice");
const PCI = /^(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,2}):([01]?[0-9a-f])\.([0-7])$/i;

const notPci = { error: "must be a PCI address as lspci -D writes it: 0000:65:00.0" };
const pciSchema = z.strictObject({
  address: literal(z.string(notPci).regex(PCI, notPci), "the provider takes it as four numbers"),
  managed: flag.optional(),
  permissive: literal(
    z.boolean({ error: "must be true or false" }),
    "it is an attribute of its own",
  ).optional(),
});
const notId = { error: "must be an id as lsusb writes it, with 0x before it: 0x046d" };
const id = late(z.string(notId).regex(/^0x[0-9a-f]{1,4}$/i, notId));
const usbSchema = z.strictObject({ vendor: id, product: id });
const notNumber = { error: "must be a number, 1 or more, as lsusb writes it" };
const number = late(z.int(notNumber).min(1, notNumber));
const usbAddressSchema = z.strictObject({ bus: number, device: number });

/** How a PCI device is handed over. */
export interface PciDeviceOptions {
  /**
   * Whether libvirt takes the device from the host's driver before the guest starts and gives it back afterwards.
   * Without, somebody must have done so before.
   *
   * @default true
   */
  readonly managed?: boolean | IResolvable;
  /**
   * Let the guest write all of the device's configuration space, not only what Xen knows to be harmless; on Xen only,
   * known at synth.
   *
   * @default false
   */
  readonly permissive?: boolean;
}

/** A device of the host that a guest gets for itself. */
export class HostDevice {
  /** A PCI device by its address on the host, such as `0000:65:00.0`, known at synth; needs an IOMMU. */
  static pci(address: string, options: PciDeviceOptions = {}): HostDevice {
    const { usable, issues } = check(pciSchema, { ...options, address });
    if (usable.address === undefined) return new HostDevice(undefined, issues);
    const [, domain = "0", ...rest] = PCI.exec(usable.address) as string[];
    const [bus, slot, fn] = rest.map((part) => Number.parseInt(part, 16));
    const source = {
      address: { domain: Number.parseInt(domain, 16), bus, slot, function: fn },
      ...(usable.permissive && { writeFiltering: "no" }),
    };
    return new HostDevice({ managed: usable.managed ?? true, subsysPci: { source } }, issues);
  }

  /**
   * A USB device by vendor and product, such as `0x046d` and `0xc52b`: whichever of that kind is plugged in. Both may
   * be tokens.
   */
  static usb(vendor: string, product: string): HostDevice {
    const { issues } = check(usbSchema, { vendor, product });
    const source = { vendor: { id: vendor }, product: { id: product } };
    return new HostDevice(issues.length > 0 ? undefined : { managed: true, subsysUsb: { source } }, issues);
  }

  /**
   * A USB device by the bus and number that it has on the host now; the number changes when it is plugged in again.
   * Both are 1 or more, and may be tokens.
   */
  static usbAddress(bus: number, device: number): HostDevice {
    const { issues } = check(usbAddressSchema, { bus, device });
    const source = { address: { bus, device } };
    return new HostDevice(issues.length > 0 ? undefined : { managed: true, subsysUsb: { source } }, issues);
  }

  /** Whether a value is a HostDevice, of this or another copy of the package. */
  static isHostDevice(value: unknown): value is HostDevice {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** The provider's device; undefined where the arguments are wrong. */
    readonly config: DomainDevicesHostdevs | undefined,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const hostDevice = instance(HostDevice.isHostDevice, "a HostDevice, such as HostDevice.pci(…)");
