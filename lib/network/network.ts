import { Construct } from "constructs";
import { isValid, parseCIDR } from "ipaddr.js";
import { z } from "zod";
import type { IHost } from "../host/host";
import { addPropIssues } from "../plan/intent";
import { isLate } from "../plan/late";
import { checkProps, flag, late, libvirtName, reference, text } from "../props";
import { type NetworkConfig, type NetworkIps, Network as NetworkResource } from "../provider/network";
import { attributeOf } from "../reference";
import { replaceOnChange } from "../revision";
import { rangeOf, type Subnet, subnetOf } from "./subnet";

/** A virtual network that guests can be connected to. */
export interface INetwork {
  readonly host: IHost;
  /** libvirt's name of the network, or a reference to it. */
  readonly networkName: string;
  /** Reserves an address for a NIC, where the network's DHCP server is this library's to configure. */
  reserve?(mac: string, ip: string, name?: string): void;
}

export interface NetworkProps {
  readonly host: IHost;
  /** Name of the network on the host. @default - the construct's id */
  readonly name?: string;
  /** Name of the bridge device on the host. @default - libvirt chooses virbrN */
  readonly bridge?: string;
  /** Start the network when the host boots. @default true */
  readonly autostart?: boolean;
  /** DNS domain of the guests. @default - none */
  readonly domain?: string;
}

export interface AddressedNetworkProps extends NetworkProps {
  /** Subnet in CIDR form, IPv4 or IPv6; the host takes the first address. @default "10.87.0.0/24" */
  readonly subnet?: string;
  /** Range that DHCP gives out, or false for none. @default - all but the network's, the host's and the last address */
  readonly dhcp?: false | { readonly start: string; readonly end: string };
}

const schema = z.strictObject({
  host: reference,
  name: libvirtName.optional(),
  bridge: text.optional(),
  autostart: flag.optional(),
  domain: text.optional(),
  subnet: late(
    z.string().refine((subnet) => /^[^/]+\/\d+$/.test(subnet) && cidr(subnet) !== undefined, {
      error: "must be a subnet in CIDR form, such as 10.20.0.0/24",
    }),
  ).optional(),
  dhcp: z.union([z.literal(false), z.strictObject({ start: text, end: text })]).optional(),
  forwardDevice: text.optional(),
});

const DEFAULT_SUBNET = "10.87.0.0/24";

/** What the virtual networks have in common. */
export abstract class VirtualNetwork extends Construct implements INetwork {
  /** A network that exists on the host already. The rules know of it what the host's facts say. */
  static fromExisting(host: IHost, name: string): INetwork {
    return { host, networkName: name };
  }

  readonly host: IHost;
  readonly resource: NetworkResource;
  /** The subnet, where there is one and it is known now. */
  readonly subnet?: Subnet;
  private readonly reservations: { mac: string; ip: string; name?: string }[] = [];
  private readonly dhcp: AddressedNetworkProps["dhcp"];

  protected constructor(
    scope: Construct,
    id: string,
    props: AddressedNetworkProps,
    kind: { readonly forward?: NetworkConfig["forward"]; readonly addressed: boolean },
  ) {
    super(scope, id);
    this.host = props.host;
    this.resource = new NetworkResource(this, "Resource", {
      provider: props.host?.provider,
      name: props.name ?? id,
    });
    const usable = checkProps(this.resource, schema, props);
    this.resource.autostart = usable.autostart ?? true;
    if (kind.forward) this.resource.putForward(kind.forward);
    if (usable.bridge !== undefined) this.resource.putBridge({ name: usable.bridge });
    if (usable.domain !== undefined) this.resource.putDomain({ name: usable.domain });
    this.dhcp = usable.dhcp;
    // The provider changes nothing else of a network that exists.
    replaceOnChange(this, "Revision", this.resource, { attribute: (name) => name !== "autostart" });
    if (!kind.addressed) return;

    const text = usable.subnet ?? DEFAULT_SUBNET;
    this.subnet = isLate(text) ? undefined : subnetOf(text);
    if (isLate(text)) this.resource.putIps(lateAddresses(text));
    else this.renderAddresses();
  }

  get networkName(): string {
    return attributeOf(this.resource, "name");
  }

  /** Gives a NIC a fixed address: the network's DHCP server hands it out for the MAC. */
  reserve(mac: string, ip: string, name?: string): void {
    if (this.dhcp === false || !this.subnet) {
      addPropIssues(this.resource, [
        {
          prop: "dhcp",
          message: `a fixed address (${ip}) is asked for, but this network has no DHCP server to hand it out`,
          fix: "turn DHCP on for the network, or configure the address inside the guest",
        },
      ]);
      return;
    }
    if (!isLate(ip) && !(isValid(ip) && this.subnet.contains(ip))) {
      addPropIssues(this.resource, [
        {
          prop: "dhcp",
          message: `address ${ip}${name === undefined ? "" : ` of "${name}"`} is not in the subnet ${this.subnet.cidr}`,
          fix: `choose one between ${rangeOf(this.subnet).start} and ${rangeOf(this.subnet).end}`,
        },
      ]);
      return;
    }
    this.reservations.push({ mac, ip, ...(name === undefined ? {} : { name }) });
    this.renderAddresses();
  }

  private renderAddresses(): void {
    const { subnet } = this;
    if (!subnet) return;
    const family = subnet.version === 6 ? { family: "ipv6" } : {};
    const hosts = this.reservations;
    this.resource.putIps([
      {
        ...family,
        address: subnet.hostAddress,
        prefix: subnet.prefix,
        ...(this.dhcp === false
          ? {}
          : { dhcp: { ranges: [this.dhcp ?? rangeOf(subnet)], ...(hosts.length > 0 ? { hosts } : {}) } }),
      },
    ]);
  }
}

function cidr(text: string): unknown {
  try {
    return parseCIDR(text);
  } catch {
    return undefined;
  }
}

/** Terraform computes the addresses of a subnet that is known only at apply. */
function lateAddresses(subnet: string): NetworkIps[] {
  const prefix = `\${split("/", "${subnet}")[1]}`;
  return [{ address: `\${cidrhost("${subnet}", 1)}`, prefix: prefix as unknown as number }];
}
