import type { INetwork } from "../network/network";
import type { DomainDevicesInterfaces } from "../provider/domain";

export interface NicOptions {
  /** @default - derived from the host, the guest's path and the NIC's id; stable from run to run */
  readonly mac?: string;
  /** Keeps the derived MAC when NICs are added or reordered. @default - the NIC's position: nic0, nic1, … */
  readonly id?: string;
  /** @default - virtio (KVM; e1000e for a system without virtio drivers), Xen's own on Xen */
  readonly model?: string;
  /** Place in the boot order, for network boot, from 1. @default - not booted from */
  readonly bootOrder?: number;
  /** Largest packet. @default - the network's */
  readonly mtu?: number;
}

export interface NetworkNicOptions extends NicOptions {
  /** Fixed address, which the network's DHCP server hands out for the NIC's MAC. @default - any */
  readonly ip?: string;
}

const BRAND = Symbol.for("virt-constructs/Nic");

/** A network interface of a guest. */
export class Nic {
  /** On a virtual network. */
  static network(network: INetwork, options: NetworkNicOptions = {}): Nic {
    return new Nic({ network: { network: network?.networkName } }, options, network);
  }

  /** On a bridge of the host. */
  static bridge(bridge: string, options: NicOptions = {}): Nic {
    return new Nic({ bridge: { bridge } }, options);
  }

  /** On a device of the host by macvtap. Host and guest cannot reach each other through it; not on Xen. */
  static macvtap(device: string, options: NicOptions & { readonly mode?: string } = {}): Nic {
    const { mode = "bridge", ...rest } = options;
    return new Nic({ direct: { dev: device, mode } }, rest);
  }

  static isNic(value: unknown): value is Nic {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    readonly source: NonNullable<DomainDevicesInterfaces["source"]>,
    readonly options: NetworkNicOptions,
    readonly network?: INetwork,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}
