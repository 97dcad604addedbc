import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import type { DomainDevicesHostdevs } from "../provider/domain";

const BRAND = Symbol.for("virt-constructs/HostDevice");
const PCI = /^(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i;
const ID = /^0x[0-9a-f]{1,4}$/i;

/** A device of the host that a guest gets for itself. */
export class HostDevice {
  /** A PCI device by its address on the host, such as `0000:65:00.0`; needs an IOMMU. */
  static pci(address: string): HostDevice {
    const match = typeof address === "string" ? PCI.exec(address) : null;
    if (!match) {
      return new HostDevice(undefined, {
        prop: "hostDevices",
        message: isLate(address)
          ? "a PCI address must be known at synth: the provider takes it in four numbers"
          : `${JSON.stringify(address)} is no PCI address`,
        fix: "write it as lspci -D does: 0000:65:00.0",
      });
    }
    const [domain, bus, slot, fn] = [match[1] ?? "0", match[2]!, match[3]!, match[4]!].map((part) =>
      parseInt(part, 16),
    );
    return new HostDevice({
      managed: true,
      subsysPci: { source: { address: { domain, bus, slot, function: fn } } },
    });
  }

  /** A USB device by vendor and product, such as `0x046d` and `0xc52b`: whichever of that kind is plugged in. */
  static usb(vendor: string, product: string): HostDevice {
    const wrong = [vendor, product].find((id) => !isLate(id) && !ID.test(String(id)));
    if (wrong !== undefined) {
      return new HostDevice(undefined, {
        prop: "hostDevices",
        message: `${JSON.stringify(wrong)} is no USB vendor or product id`,
        fix: "write ids as lsusb does, with 0x before them: 0x046d",
      });
    }
    return new HostDevice({
      managed: true,
      subsysUsb: { source: { vendor: { id: vendor }, product: { id: product } } },
    });
  }

  /** A USB device by the bus and number that it has on the host now; the number changes when it is plugged in again. */
  static usbAddress(bus: number, device: number): HostDevice {
    return new HostDevice({ managed: true, subsysUsb: { source: { address: { bus, device } } } });
  }

  static isHostDevice(value: unknown): value is HostDevice {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    readonly config: DomainDevicesHostdevs | undefined,
    readonly issue?: PropIssue,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}
