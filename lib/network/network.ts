import { Construct } from "constructs";
import { z } from "zod";
import type { IResolvable } from "../engine";
import type { IHost } from "../host/host";
import { anyHost, hostIssues, isHost } from "../host/is-host";
import { addPropIssues } from "../plan/intent";
import { isLate } from "../plan/late";
import { check, flag, instance, isText, libvirtName, orFalse, text, withIssues } from "../props";
import { type NetworkConfig, Network as NetworkResource } from "../provider/network";
import { attributeOf } from "../reference";
import { replaceOnChange } from "../revision";
import { Reservations } from "./reservations";
import {
  type Addressing,
  addressing,
  addressProp,
  lateAddressing,
  type Subnet,
  subnetOf,
  subnetProp,
} from "./subnet";

/** A virtual network that guests can be connected to. */
export interface INetwork {
  /** The host that it is on. */
  readonly host: IHost;
  /** libvirt's name of the network, or a reference to it. */
  readonly networkName: string;
  /** Reserves an address for a NIC, where the network's DHCP server is this library's to configure. */
  reserve?(mac: string, ip: string, name?: string): void;
}

/** Props of every network. */
export interface NetworkProps {
  /** The host that the network is on. */
  readonly host: IHost;
  /** Name of the network on the host. @default - the construct's id */
  readonly name?: string;
  /** Start the network when the host boots. @default true */
  readonly autostart?: boolean | IResolvable;
}

/** Props of the networks that give addresses to their guests. */
export interface AddressedNetworkProps extends NetworkProps {
  /** Name of the bridge device that is made for it on the host. @default - libvirt chooses virbrN */
  readonly bridge?: string;
  /** DNS domain of the guests. @default - none */
  readonly domain?: string;
  /** Subnet in CIDR form, IPv4 or IPv6, /30 or larger; the host takes the first address. @default "10.87.0.0/24" */
  readonly subnet?: string;
  /**
   * Range that DHCP gives out, or false for no DHCP.
   *
   * @default - all but the network's, the host's and the broadcast address, 65,533 at most
   */
  readonly dhcp?: false | { readonly start: string; readonly end: string };
}

const plainShape = { host: anyHost, name: libvirtName.optional(), autostart: flag.optional() };

export const addressedShape = {
  ...plainShape,
  bridge: text.optional(),
  domain: text.optional(),
  subnet: subnetProp.optional(),
  dhcp: orFalse(z.strictObject({ start: addressProp, end: addressProp })).optional(),
};

export const bridgedSchema = z.strictObject({ ...plainShape, bridge: text });

const existingSchema = z.strictObject({ host: anyHost, name: libvirtName });

const DEFAULT_SUBNET = "10.87.0.0/24";

/** What a kind of network has of its own. */
interface NetworkKind {
  readonly schema: z.ZodObject;
  forward?(props: object): NetworkConfig["forward"];
  /** Whether libvirt gives addresses to the guests. */
  readonly addressed: boolean;
}

/** What the virtual networks have in common. */
export abstract class VirtualNetwork extends Construct implements INetwork {
  /** A network that exists on the host already. The rules know of it what the host's facts say. */
  static fromExisting(host: IHost, name: string): INetwork {
    const { usable, issues } = check(existingSchema, { host, name });
    return withIssues({ host: usable.host, networkName: usable.name ?? "" }, issues);
  }

  /** The host that it is on. */
  readonly host: IHost;
  /** The provider's network, for whatever no prop offers. */
  readonly resource: NetworkResource;
  /** The subnet, where there is one and it is known now. */
  readonly subnet?: Subnet;
  private readonly addressing?: Addressing;
  private readonly dhcp: AddressedNetworkProps["dhcp"];
  private readonly reservations: Reservations;

  protected constructor(scope: Construct, id: string, props: NetworkProps, kind: NetworkKind) {
    super(scope, id);
    const { usable, issues } = check<AddressedNetworkProps>(kind.schema, props);
    this.host = usable.host;
    const forward = kind.forward?.(usable);
    this.resource = new NetworkResource(this, "Resource", {
      provider: this.host?.provider,
      name: usable.name ?? this.node.id,
      autostart: usable.autostart ?? true,
      ...(forward && { forward }),
      ...(usable.bridge !== undefined && { bridge: { name: usable.bridge } }),
      ...(usable.domain !== undefined && { domain: { name: usable.domain } }),
    });
    addPropIssues(this.resource, [...issues, ...hostIssues(this, this.host)]);
    // The provider changes nothing else of a network that exists.
    replaceOnChange(this, "Revision", this.resource, { attribute: (name) => name !== "autostart" });

    this.dhcp = usable.dhcp;
    if (kind.addressed) {
      const text = usable.subnet ?? DEFAULT_SUBNET;
      this.subnet = isLate(text) ? undefined : subnetOf(text);
      this.addressing = this.subnet ? addressing(this.subnet) : lateAddressing(text);
    }
    // Of a subnet that was refused nobody can say what lies in it.
    const subnetKnown = usable.subnet !== undefined || (props as AddressedNetworkProps)?.subnet === undefined;
    this.reservations = new Reservations(subnetKnown ? this.subnet : undefined);
    this.renderAddresses();
  }

  /** A reference to the network's name. */
  get networkName(): string {
    return attributeOf(this.resource, "name");
  }

  /**
   * Gives a NIC a fixed address: the network's DHCP server hands it out for the MAC, or on IPv6, where DHCP does
   * not go by MAC, for the host name.
   *
   * @param mac of the NIC
   * @param ip an address of the subnet beside the host's
   * @param name of the guest
   */
  reserve(mac: string, ip: string, name?: string): void {
    if (!this.addressing || this.dhcp === false) {
      addPropIssues(this.resource, [
        {
          prop: "dhcp",
          message: `${name === undefined ? "a NIC" : `"${name}"`} asks for the fixed address ${ip}, but this network has no DHCP server to hand it out`,
          fix: this.addressing
            ? "turn DHCP on for the network, or configure the address inside the guest"
            : "configure the address inside the guest",
        },
      ]);
      return;
    }
    addPropIssues(this.resource, this.reservations.add(mac, ip, name));
    this.renderAddresses();
  }

  private renderAddresses(): void {
    if (!this.addressing) return;
    const { ip, range } = this.addressing;
    const hosts = this.reservations.hosts;
    const dhcp = { ranges: [this.dhcp || range], ...(hosts.length > 0 && { hosts }) };
    this.resource.putIps([{ ...ip, ...(this.dhcp !== false && { dhcp }) }]);
  }
}

function isNetwork(value: unknown): value is INetwork {
  const { host, networkName } = (value ?? {}) as Partial<INetwork>;
  return isText(networkName) && (host === undefined || isHost(host));
}

export const virtualNetwork = instance(
  isNetwork,
  "a network, such as new NatNetwork(…), or NatNetwork.fromExisting(host, name)",
);
