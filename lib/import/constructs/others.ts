import { memoryOf } from "./amount";
import { type Config, listOf, NoConstruct, objectOf, type Propose, textOf, unless } from "./proposal";

const NETWORKS: Readonly<Record<string, string>> = {
  nat: "NatNetwork",
  route: "RoutedNetwork",
  bridge: "BridgedNetwork",
  "": "IsolatedNetwork",
};

/** A network of the four kinds. */
export const proposeNetwork: Propose = ({ autostart }, config) => {
  const { forward, bridge, domain, ips } = config;
  const { mode, dev } = objectOf(forward);
  const construct = NETWORKS[forward === undefined ? "" : String(mode ?? "nat")];
  if (construct === undefined) return new NoConstruct(`forward.mode is ${mode}`);
  const settings = {
    bridge: objectOf(bridge).name,
    autostart: autostart === false ? false : undefined,
  };
  if (construct === "BridgedNetwork") return { construct, props: settings, resource: "resource" };
  const [ip] = listOf(ips);
  const { address, prefix, dhcp } = ip ?? {};
  if (textOf(address) === undefined || typeof prefix !== "number")
    return new NoConstruct("it has no address");
  const [range] = listOf(objectOf(dhcp).ranges);
  const hosts = listOf(objectOf(dhcp).hosts);
  const props = {
    ...settings,
    domain: objectOf(domain).name,
    forwardDevice: construct === "RoutedNetwork" ? dev : undefined,
    subnet: unless(`${networkOf(String(address), prefix)}/${prefix}`, "10.87.0.0/24"),
    dhcp: range ? dhcpOf(range, String(address), prefix) : false,
  };
  const calls = hosts.map(({ mac, ip: fixed, name }) => ({ method: "reserve", args: [mac, fixed, name] }));
  return { construct, props, resource: "resource", calls };
};

/** Undefined for the range that a network has by itself: all that is left beside the host's first address. */
function dhcpOf({ start, end }: Config, address: string, prefix: number): Config | undefined {
  const host = numberOf(address);
  if (host === undefined || prefix < 16) return { start, end };
  const size = 2 ** (32 - prefix);
  const first = host - (host % size);
  const isAll = numberOf(String(start)) === first + 2 && numberOf(String(end)) === first + size - 2;
  return isAll && host === first + 1 ? undefined : { start, end };
}

/** The network of an IPv4 address; an IPv6 address stands for that of its own. */
function networkOf(address: string, prefix: number): string {
  const number = numberOf(address);
  if (number === undefined || prefix > 32) return address;
  const network = number - (number % 2 ** (32 - prefix));
  return [24, 16, 8, 0].map((bits) => Math.floor(network / 2 ** bits) % 256).join(".");
}

function numberOf(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  const isIpv4 =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return isIpv4 ? parts.reduce((number, part) => number * 256 + part, 0) : undefined;
}

/** A folder. */
export const proposePool: Propose = (_, { name, type, target }) => {
  const { path } = objectOf(target);
  if (type !== "dir" || textOf(path) === undefined) return new NoConstruct(`type is ${type}`);
  return {
    construct: "StoragePool",
    props: { path: unless(path, `/var/lib/libvirt/images/${name}`) },
    resource: "resource",
  };
};

/** An empty image, which Terraform is to make. */
export const proposeVolume: Propose = (resource, { capacity, capacityUnit, target }, places) => {
  // Not in the XML of the volume.
  const { pool } = resource.config;
  const format = textOf(objectOf(objectOf(target).format).type);
  const size = memoryOf(capacity, capacityUnit);
  if (textOf(pool) === undefined) return new NoConstruct("nothing says in which pool it is");
  if (size === undefined) return new NoConstruct("it has no size in whole KiB");
  const props: Config = { pool: places.pool(String(pool)), size, format: unless(format, "qcow2") };
  return { construct: "Volume", props, resource: "resource" };
};
