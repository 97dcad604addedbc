import { IPv4, IPv6, parse, parseCIDR } from "ipaddr.js";

/** A subnet that is known now. */
export interface Subnet {
  readonly cidr: string;
  readonly version: 4 | 6;
  readonly prefix: number;
  /** The first address, which the host takes. */
  readonly hostAddress: string;
  contains(address: string): boolean;
}

export interface AddressRange {
  readonly start: string;
  readonly end: string;
}

/** A subnet of a text in CIDR form; undefined when it is none. */
export function subnetOf(text: string): Subnet | undefined {
  let parsed: [IPv4 | IPv6, number];
  try {
    parsed = parseCIDR(text);
  } catch {
    return undefined;
  }
  const [address, prefix] = parsed;
  const first = networkBytes(address, prefix);
  return {
    cidr: `${make(first)}/${prefix}`,
    version: address.kind() === "ipv4" ? 4 : 6,
    prefix,
    hostAddress: make(add(first, 1)).toString(),
    contains: (candidate) => {
      const other = parse(candidate);
      return (
        other.kind() === address.kind() &&
        make(networkBytes(other, prefix)).toString() === make(first).toString()
      );
    },
  };
}

/** What DHCP may give out: all but the network's, the host's and the last address; of IPv6 the first 65,000. */
export function rangeOf(subnet: Subnet): AddressRange {
  const first = networkBytes(parse(subnet.hostAddress), subnet.prefix);
  const bits = first.length * 8 - subnet.prefix;
  const last = bits > 16 ? 65000 : 2 ** bits - 2;
  return { start: make(add(first, 2)).toString(), end: make(add(first, Math.max(2, last))).toString() };
}

function networkBytes(address: IPv4 | IPv6, prefix: number): number[] {
  return address.toByteArray().map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
}

function add(bytes: readonly number[], amount: number): number[] {
  const sum = [...bytes];
  for (let index = sum.length - 1, carry = amount; index >= 0 && carry > 0; index--) {
    carry += sum[index]!;
    sum[index] = carry & 0xff;
    carry >>= 8;
  }
  return sum;
}

function make(bytes: number[]): IPv4 | IPv6 {
  return bytes.length === 4 ? new IPv4(bytes) : new IPv6(bytes);
}
