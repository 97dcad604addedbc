import { IPv4, IPv6, isValid, parse } from "ipaddr.js";
import { textsOf } from "../../plan/instances";
import { isLate, type Planned } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import type { NetworkIps } from "../../provider/network";

export interface Subnet {
  /** Any address in it. */
  readonly address: IPv4 | IPv6;
  readonly prefix: number;
}

/** A subnet that a network of the plan takes on its host. */
export interface TakenSubnet extends Subnet {
  readonly network: PlanNetwork;
  /** Which instance of the network. */
  readonly instance: number;
  readonly at: string;
}

/** How two subnets lie to each other. */
export function relation(a: Subnet, b: Subnet): "equal" | "overlapping" | "apart" {
  if (a.address.kind() !== b.address.kind()) return "apart";
  const shorter = Math.min(a.prefix, b.prefix);
  if (!a.address.match(b.address as never, shorter)) return "apart";
  return a.prefix === b.prefix ? "equal" : "overlapping";
}

/** `10.20.0.0/24`, whatever address of it was given. */
export function subnetText({ address, prefix }: Subnet): string {
  const cidr = `${address.toString()}/${prefix}`;
  const first =
    address.kind() === "ipv4" ? IPv4.networkAddressFromCIDR(cidr) : IPv6.networkAddressFromCIDR(cidr);
  return `${first.toString()}/${prefix}`;
}

/** A subnet of a text such as `192.168.122.1/24`; undefined when it is none. */
export function subnetOfCidr(text: string): Subnet | undefined {
  const [address, prefix] = text.split("/");
  return address !== undefined && isValid(address)
    ? { address: parse(address), prefix: Number(prefix) }
    : undefined;
}

/** The subnets of a network that libvirt makes itself, for each instance; and whether there are others that are late. */
export function subnetsOf(network: PlanNetwork): { readonly subnets: TakenSubnet[]; readonly late: boolean } {
  const subnets: TakenSubnet[] = [];
  let late = false;
  for (const [index, ip] of (network.config.ips ?? []).entries()) {
    const texts = ip.address === undefined ? [undefined] : textsOf(network, ip.address);
    // Of a number that only apply knows there may be more than one.
    if (texts === undefined) late = true;
    for (const [instance, address] of (texts ?? [ip.address]).entries()) {
      const subnet = subnetOf({ ...ip, address });
      if (subnet === "late") late = true;
      else if (subnet) subnets.push({ ...subnet, network, instance, at: `ips[${index}].address` });
    }
  }
  return { subnets, late };
}

/** The subnet of one address block as libvirt reads it; undefined when it cannot. */
export function subnetOf({ address, prefix, netmask }: Planned<NetworkIps>): Subnet | "late" | undefined {
  if (isLate(address) || isLate(prefix) || isLate(netmask)) return "late";
  if (address === undefined || !isValid(address)) return undefined;
  const parsed = parse(address);
  const bits = prefixOf(parsed, prefix as number | undefined, netmask);
  return bits === undefined ? undefined : { address: parsed, prefix: bits };
}

function prefixOf(
  address: IPv4 | IPv6,
  prefix: number | undefined,
  netmask: string | undefined,
): number | undefined {
  if (prefix !== undefined && prefix > 0) return prefix <= bitsOf(address) ? prefix : undefined;
  if (netmask !== undefined) {
    return IPv4.isValid(netmask)
      ? (IPv4.parse(netmask).prefixLengthFromSubnetMask() ?? undefined)
      : undefined;
  }
  // Without either libvirt goes by the class of the address, as before 1993.
  if (address instanceof IPv6) return 64;
  const [first] = address.octets;
  return first! < 128 ? 8 : first! < 192 ? 16 : first! < 224 ? 24 : undefined;
}

export function bitsOf(address: IPv4 | IPv6): number {
  return address.kind() === "ipv4" ? 32 : 128;
}

/** The next IPv4 subnet of this size that meets none of those that are taken. */
export function freeSubnetAfter(subnet: Subnet, taken: readonly Subnet[]): string | undefined {
  if (!(subnet.address instanceof IPv4)) return undefined;
  const size = 2 ** (32 - subnet.prefix);
  const start = IPv4.networkAddressFromCIDR(`${subnet.address.toString()}/${subnet.prefix}`);
  const first = start.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  for (let step = 1; step <= 256; step++) {
    const at = first + step * size;
    if (at + size > 2 ** 32) return undefined;
    const address = new IPv4([at >>> 24, (at >>> 16) & 255, (at >>> 8) & 255, at & 255]);
    const candidate = { address, prefix: subnet.prefix };
    if (taken.every((each) => relation(each, candidate) === "apart")) return subnetText(candidate);
  }
  return undefined;
}

/** Pairs of subnets that meet, each with the nearest that holds it: subnets hold each other or lie apart. */
export function meetingPairs(subnets: readonly TakenSubnet[]): [TakenSubnet, TakenSubnet][] {
  const sorted = subnets
    .map((subnet, index) => ({ subnet, index, start: startOf(subnet) }))
    .sort((a, b) => Number(a.start > b.start) - Number(a.start < b.start));
  // Instances of two networks may meet in a hundred subnets; that is one mistake.
  const pairs = new Map<string, [TakenSubnet, TakenSubnet]>();
  const open: typeof sorted = [];
  for (const each of sorted) {
    while (open.length > 0 && relation(open.at(-1)!.subnet, each.subnet) === "apart") open.pop();
    const around = open.at(-1);
    open.push(each);
    // Two addresses of one network may share a subnet.
    if (around === undefined || isOneNetwork(around.subnet, each.subnet)) continue;
    const [first, second] = around.index < each.index ? [around, each] : [each, around];
    const key = `${nameOf(first.subnet)}\n${nameOf(second.subnet)}`;
    if (!pairs.has(key)) pairs.set(key, [first.subnet, second.subnet]);
  }
  return [...pairs.values()];
}

/** A text by which subnets sort by family and first address. */
function startOf(subnet: Subnet): string {
  const first = subnetOfCidr(subnetText(subnet))!.address;
  return `${first.kind()} ${Buffer.from(first.toByteArray()).toString("hex")}`;
}

function nameOf({ network, at }: TakenSubnet): string {
  return `${network.unit}/${network.address} ${at}`;
}

function isOneNetwork(a: TakenSubnet, b: TakenSubnet): boolean {
  return a.network === b.network && a.instance === b.instance;
}
