import { IPv4, IPv6, parse } from "ipaddr.js";
import { z } from "zod";
import { Token } from "../engine";
import { derived } from "../expression";
import { late } from "../props";
import type { NetworkIps } from "../provider/network";

/** First and last address of a range. */
export interface AddressRange {
  /** The first address. */
  readonly start: string;
  /** The last address, which belongs to it. */
  readonly end: string;
}

/** A subnet that is known now. */
export interface Subnet {
  /** Network address and prefix: `10.20.0.0/24`. */
  readonly cidr: string;
  /** Of IP. */
  readonly version: 4 | 6;
  /** Length of the network's part, in bits. */
  readonly prefix: number;
  /** The first address, which the host takes. */
  readonly hostAddress: string;
  /** What guests can have: all but the network's, the host's and, of IPv4, the broadcast address. */
  readonly guests: AddressRange;
  /** What DHCP gives out when nothing else is said: the guests' addresses, or as many of them as libvirt takes. */
  readonly range: AddressRange;
  /** Whether a guest can have this address. */
  offers(address: string): boolean;
}

/** The longest prefixes that leave room for the host and a guest. */
const LONGEST_PREFIX = { 4: 30, 6: 126 } as const;
/** libvirt refuses a range of more than 65,535 addresses; this is the number of the last one that it takes. */
const LAST_OF_RANGE = 65534;

/** Of IPv4 the four decimal parts only: the older short forms are read as something else than they seem to say. */
function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text) || (IPv6.isValid(text) && !text.includes("%"));
}

const cidr = (text: string) => subnetOf(text) !== undefined;
const notCidr = { error: "must be a subnet in CIDR form, such as 10.20.0.0/24" };
const notAddress = { error: "must be an IP address" };

export const addressProp = late(z.string(notAddress).refine(isAddress, notAddress));
export const subnetProp = late(
  z
    .string(notCidr)
    .refine(cidr, { ...notCidr, abort: true })
    .refine((text) => hasRoom(subnetOf(text)!), {
      error: "must have room for the host and a guest: /30 or shorter, of IPv6 /126",
    }),
);

function hasRoom({ version, prefix }: Subnet): boolean {
  return prefix <= LONGEST_PREFIX[version];
}

/** A subnet of a text in CIDR form; undefined when it is none. */
export function subnetOf(text: string): Subnet | undefined {
  const [, address, digits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || !isAddress(address)) return undefined;
  const version = IPv4.isValidFourPartDecimal(address) ? 4 : 6;
  const prefix = Number(digits);
  const bits = (version === 4 ? 32 : 128) - prefix;
  if (bits < 0) return undefined;

  const network = (numberOf(address) >> BigInt(bits)) << BigInt(bits);
  const last = (1n << BigInt(bits)) - (version === 4 ? 2n : 1n);
  const at = (offset: bigint) => print(network + offset, version);
  const limit = BigInt(LAST_OF_RANGE);
  return {
    cidr: `${at(0n)}/${prefix}`,
    version,
    prefix,
    hostAddress: at(1n),
    guests: { start: at(2n), end: at(last) },
    range: { start: at(2n), end: at(last < limit ? last : limit) },
    offers: (candidate) => {
      if (!isAddress(candidate) || candidate.includes(":") !== (version === 6)) return false;
      const offset = numberOf(candidate) - network;
      return offset >= 2n && offset <= last;
    },
  };
}

function numberOf(address: string): bigint {
  return parse(address)
    .toByteArray()
    .reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function print(number: bigint, version: 4 | 6): string {
  const count = version === 4 ? 4 : 16;
  const bytes = Array.from({ length: count }, (_, index) =>
    Number((number >> BigInt(8 * (count - 1 - index))) & 0xffn),
  );
  return (version === 4 ? new IPv4(bytes) : new IPv6(bytes)).toString();
}

/** What a network says of its own address and of DHCP. */
export interface Addressing {
  readonly ip: Pick<NetworkIps, "family" | "address" | "prefix">;
  readonly range: AddressRange;
}

export function addressing({ version, hostAddress, prefix, range }: Subnet): Addressing {
  return { ip: { ...(version === 6 && { family: "ipv6" }), address: hostAddress, prefix }, range };
}

/** The same of a subnet that is known only at apply: Terraform has functions for it. */
export function lateAddressing(subnet: string): Addressing {
  const of = (known: (subnet: Subnet) => unknown, late: (text: string) => string) =>
    derived(subnet, { known: (text: string) => known(subnetOf(text)!), late });
  const text = (known: (subnet: Subnet) => string | undefined, late: (text: string) => string) =>
    Token.asString(of(known, late));
  const isIpv6 = (subnet: string) => `length(regexall(":", ${subnet})) > 0`;
  const prefix = (subnet: string) => `tonumber(split("/", ${subnet})[1])`;
  const last = (subnet: string) =>
    `pow(2, (${isIpv6(subnet)} ? 128 : 32) - ${prefix(subnet)}) - (${isIpv6(subnet)} ? 1 : 2)`;
  return {
    ip: {
      family: text(
        ({ version }) => (version === 6 ? "ipv6" : undefined),
        (late) => `${isIpv6(late)} ? "ipv6" : null`,
      ),
      address: text(
        ({ hostAddress }) => hostAddress,
        (late) => `cidrhost(${late}, 1)`,
      ),
      prefix: Token.asNumber(of((known) => known.prefix, prefix)),
    },
    range: {
      start: text(
        ({ range }) => range.start,
        (late) => `cidrhost(${late}, 2)`,
      ),
      end: text(
        ({ range }) => range.end,
        (late) => `cidrhost(${late}, min(${LAST_OF_RANGE}, ${last(late)}))`,
      ),
    },
  };
}
