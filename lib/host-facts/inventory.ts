import type * as IpAddr from "ipaddr.js";
import type { HostInterface, HostNetwork, HostPool } from "./facts";
import { oneOf, tableRows } from "./text-table";
import { integer, known, Unreadable } from "./unreadable";
import { parseXml, type XmlElement } from "./xml";

/** Reads `virsh net-list --all`. */
export function readNetworkList(text: string): readonly HostNetwork[] {
  return tableRows(text, ["Name", "State", "Autostart"]).map(listed);
}

/** Reads `virsh pool-list --all`. */
export function readPoolList(text: string): readonly HostPool[] {
  return tableRows(text, ["Name", "State", "Autostart"]).map(listed);
}

function listed(row: Readonly<Record<string, string>>): HostNetwork & HostPool {
  return {
    name: row.Name!,
    active: oneOf(row.State!, "active", "inactive"),
    autostart: oneOf(row.Autostart!, "yes", "no"),
  };
}

/** Reads `virsh iface-list --all`. */
export function readInterfaceList(text: string): readonly HostInterface[] {
  return tableRows(text, ["Name", "State", "MAC Address"]).map((row) =>
    known({
      name: row.Name!,
      active: oneOf(row.State!, "active", "inactive"),
      // A tunnel has none.
      mac: row["MAC Address"]?.toLowerCase() || undefined,
    }),
  );
}

/** What a dump adds to the entry of the same name in the list. */
export type Detail<T> = Partial<T> & { readonly name: string };

/** Reads one `virsh net-dumpxml`. */
export function readNetwork(text: string): Detail<HostNetwork> {
  const network = parseXml(text, "network");
  const cidrs = network.all("ip").map(cidrOf);
  return known({
    name: nameOf(network),
    bridge: network.child("bridge")?.attribute("name"),
    cidrs: cidrs.length > 0 ? cidrs : undefined,
  });
}

/** Reads one `virsh pool-dumpxml`. */
export function readPool(text: string): Detail<HostPool> {
  const pool = parseXml(text, "pool");
  const capacity = Number(pool.textOf("capacity"));
  return known({
    name: nameOf(pool),
    path: pool.textOf("target", "path"),
    // What is not active has no size.
    capacityKiB: capacity ? Math.floor(capacity / 1024) : undefined,
  });
}

function nameOf(element: XmlElement): string {
  const name = element.textOf("name");
  if (name === undefined) throw new Unreadable("has no <name>");
  return name;
}

function cidrOf(ip: XmlElement): string {
  const ipaddr = require("ipaddr.js") as typeof IpAddr;
  const address = ip.attribute("address");
  const netmask = ip.attribute("netmask");
  const prefix =
    netmask !== undefined && ipaddr.IPv4.isValid(netmask)
      ? ipaddr.IPv4.parse(netmask).prefixLengthFromSubnetMask()
      : integer(ip.attribute("prefix"), "the prefix of <ip>");
  if (address === undefined || prefix === undefined || prefix === null) {
    throw new Unreadable("has an <ip> without address, or without netmask and prefix");
  }
  return checkedCidr(`${address}/${prefix}`);
}

/** Reads `ip -j addr`. */
export function readAddresses(text: string): readonly HostInterface[] {
  return jsonArray(text).map((link) => {
    const name = stringOf(link, "ifname");
    const addresses = link.addr_info ?? [];
    if (name === undefined || !Array.isArray(addresses))
      throw new Unreadable("is not what ip -j addr prints");
    const mac = stringOf(link, "address");
    return known({
      name,
      mac: mac !== undefined && /^([\da-f]{2}:){5}[\da-f]{2}$/i.test(mac) ? mac.toLowerCase() : undefined,
      cidrs: addresses.map((entry: unknown) => {
        const { local, prefixlen } = (entry ?? {}) as Record<string, unknown>;
        return checkedCidr(`${local}/${prefixlen}`);
      }),
    });
  });
}

/** Reads `ip -j route`: the destinations, without the default route, which overlaps everything. */
export function readRoutes(text: string): readonly string[] {
  const destinations = jsonArray(text).map((route) => {
    const destination = stringOf(route, "dst");
    if (destination === undefined) throw new Unreadable("is not what ip -j route prints: a route has no dst");
    return destination;
  });
  const specific = destinations.filter((destination) => destination !== "default");
  return [...new Set(specific.map((destination) => checkedCidr(withPrefix(destination))))];
}

function withPrefix(destination: string): string {
  if (destination.includes("/")) return destination;
  return `${destination}/${destination.includes(":") ? 128 : 32}`;
}

function checkedCidr(cidr: string): string {
  const ipaddr = require("ipaddr.js") as typeof IpAddr;
  if (!ipaddr.isValidCIDR(cidr))
    throw new Unreadable(`has "${cidr.slice(0, 60)}", which is no address with prefix`);
  return cidr;
}

function jsonArray(text: string): readonly Readonly<Record<string, unknown>>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Unreadable(`is not JSON (${(error as Error).message})`);
  }
  const isObject = (item: unknown) => typeof item === "object" && item !== null && !Array.isArray(item);
  if (!Array.isArray(value) || !value.every(isObject)) throw new Unreadable("is not a JSON list of objects");
  return value;
}

function stringOf(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" ? value : undefined;
}
