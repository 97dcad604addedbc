import { isLate } from "../plan/late";
import type { DomainDevicesInterfaces } from "../provider/domain";
import type { Guest, GuestProps } from "./guest";
import { deriveMac } from "./mac";
import { Nic } from "./nic";

/** The provider's interfaces of a guest; fixed addresses are reserved on their networks. */
export function bindNics(
  guest: Guest,
  props: GuestProps,
  defaultModel: string | undefined,
): { interfaces: DomainDevicesInterfaces[]; macAddresses: string[] } {
  const nics = props.nics ?? [Nic.network(guest.host.defaultNetwork)];
  const macAddresses: string[] = [];
  const interfaces = nics.map((nic, index) => {
    const { mac: given, id = `nic${index}`, model = defaultModel, bootOrder, mtu, ip } = nic.options;
    const mac = given === undefined ? deriveMac(guest.host.macSeed, guest.node.path, id) : lowerCase(given);
    macAddresses.push(mac);
    if (ip !== undefined) nic.network?.reserve?.(mac, ip, guest.guestName);
    return {
      mac: { address: mac },
      ...(model === undefined ? {} : { model: { type: model } }),
      source: nic.source,
      ...(mtu === undefined ? {} : { mtu: { size: mtu } }),
      ...(bootOrder === undefined ? {} : { boot: { order: bootOrder } }),
    };
  });
  return { interfaces, macAddresses };
}

/** libvirt writes MAC addresses in lower case, and the provider calls any difference inconsistent. */
function lowerCase(mac: string): string {
  return isLate(mac) || typeof mac !== "string" ? mac : mac.toLowerCase();
}
