import { z } from "zod";
import { type INetwork, virtualNetwork } from "../network/network";
import { addressProp } from "../network/subnet";
import type { PropIssue } from "../plan/intent";
import { check, instance, literal, positiveNumber, text } from "../props";
import type { DomainDevicesInterfaces } from "../provider/domain";
import { type DriverDomain, driverDomain } from "./driver-domain";

/** What every NIC has. */
export interface NicOptions {
  /** MAC address. @default - derived from the host, the guest's path and the NIC's id; stable from run to run */
  readonly mac?: string;
  /** Known at synth. Keeps the derived MAC when NICs are added or reordered. @default - the NIC's position: nic0, nic1, … */
  readonly id?: string;
  /** Model of the emulated card. @default - virtio (KVM; e1000e for a system without virtio drivers), Xen's own on Xen */
  readonly model?: string;
  /** Place in the boot order, for network boot, from 1. @default - not booted from */
  readonly bootOrder?: number;
  /** Largest packet in bytes. @default - the network's */
  readonly mtu?: number;
  /**
   * The guest with the bridge that connects it in place of dom0, a driver domain; on Xen only. A guest is started
   * before the one that it serves; a name stands for one that runs already.
   *
   * @default - dom0
   */
  readonly backendDomain?: DriverDomain;
}

/** What a NIC on a bridge has besides. */
export interface BridgeNicOptions extends NicOptions {
  /** Script that connects it, by name in /etc/xen/scripts or by path; on Xen only. @default - vif-bridge */
  readonly script?: string;
}

/** What a NIC on a virtual network has besides. */
export interface NetworkNicOptions extends NicOptions {
  /** Fixed address, which the network's DHCP server hands out for the NIC's MAC. @default - any */
  readonly ip?: string;
}

/** What a NIC on a device of the host has. Its MTU is the device's: libvirt refuses another. */
export interface MacvtapNicOptions extends Omit<NicOptions, "mtu"> {
  /** `bridge`, `vepa`, `private` or `passthrough`. @default "bridge" */
  readonly mode?: string;
}

const options = {
  mac: text.optional(),
  id: literal(z.string({ error: "must be text" }), "the MAC address is derived from it").optional(),
  model: text.optional(),
  bootOrder: positiveNumber.optional(),
  mtu: positiveNumber.optional(),
  backendDomain: driverDomain.optional(),
};
const networkSchema = z.strictObject({ network: virtualNetwork, ...options, ip: addressProp.optional() });
const bridgeSchema = z.strictObject({ bridge: text, ...options, script: text.optional() });
const { mtu: _, ...withoutMtu } = options;
const macvtapSchema = z.strictObject({ device: text, ...withoutMtu, mode: text.optional() });

const BRAND = Symbol.for("virt-constructs/Nic");

/** A network interface of a guest. */
export class Nic {
  /** On a virtual network. */
  static network(network: INetwork, options: NetworkNicOptions = {}): Nic {
    const { usable, issues } = check(networkSchema, { ...options, network });
    const source = { network: { network: usable.network?.networkName } };
    return new Nic(source, usable, issues, usable.network);
  }

  /** On a bridge of the host. */
  static bridge(bridge: string, options: BridgeNicOptions = {}): Nic {
    const { usable, issues } = check(bridgeSchema, { ...options, bridge });
    return new Nic({ bridge: { bridge: usable.bridge } }, usable, issues);
  }

  /** On a device of the host by macvtap. Host and guest cannot reach each other through it; not on Xen. */
  static macvtap(device: string, options: MacvtapNicOptions = {}): Nic {
    const { usable, issues } = check(macvtapSchema, { ...options, device });
    return new Nic({ direct: { dev: usable.device, mode: usable.mode ?? "bridge" } }, usable, issues);
  }

  /** Whether a value is a Nic, of this or another copy of the package. */
  static isNic(value: unknown): value is Nic {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** Where it is connected, in the provider's words. */
    readonly source: NonNullable<DomainDevicesInterfaces["source"]>,
    /** As given, without what cannot be used. */
    readonly options: NetworkNicOptions & BridgeNicOptions,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[],
    /** The virtual network, where it is on one. */
    readonly network?: INetwork,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const nic = instance(Nic.isNic, "a Nic, such as Nic.network(network)");
