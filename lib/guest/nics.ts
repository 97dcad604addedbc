import { derivedText } from "../expression";
import { differ } from "../host/is-host";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import type { DomainDevicesInterfaces } from "../provider/domain";
import { backendOf } from "./driver-domain";
import type { Guest, GuestProps } from "./guest";
import { deriveMac } from "./mac";
import { Nic } from "./nic";

/** The provider's interfaces of a guest; fixed addresses are reserved on their networks. */
export function bindNics(
  guest: Guest,
  props: GuestProps,
  defaultModel: string | undefined,
  issues: PropIssue[],
): { interfaces: DomainDevicesInterfaces[]; macAddresses: string[] } {
  const nics = props.nics ?? [Nic.network(guest.host.defaultNetwork)];
  const ids = new Set<string>();
  const macAddresses: string[] = [];
  const interfaces = nics.map((nic, index) => {
    const {
      mac: given,
      id = `nic${index}`,
      model = defaultModel,
      bootOrder,
      mtu,
      ip,
      script,
      backendDomain,
    } = nic.options;
    const mac = given === undefined ? deriveMac(guest.host.macSeed, guest.node.path, id) : lowerCase(given);
    macAddresses.push(mac);
    if (given === undefined) {
      if (ids.has(id)) issues.push(sameId(index, id));
      ids.add(id);
    }
    if (differ(guest.host, nic.network?.host)) {
      issues.push({
        prop: `nics[${index}]`,
        message: `is on a network of "${nic.network!.host.node.id}", and the guest on "${guest.host.node.id}"`,
        fix: "put both on one host",
      });
    }
    if (ip !== undefined) {
      if (nic.network?.reserve) nic.network.reserve(mac, ip, guest.guestName);
      else issues.push(cannotReserve(index));
    }
    return {
      mac: { address: mac },
      ...(model === undefined ? {} : { model: { type: model } }),
      source: nic.source,
      ...(script === undefined ? {} : { script: { path: script } }),
      ...backendOf(guest, backendDomain, `nics[${index}]`, issues),
      ...(mtu === undefined ? {} : { mtu: { size: mtu } }),
      ...(bootOrder === undefined ? {} : { boot: { order: bootOrder } }),
    };
  });
  return { interfaces, macAddresses };
}

function sameId(index: number, id: string): PropIssue {
  return {
    prop: `nics[${index}].id`,
    message: `another NIC of the guest has the id "${id}" too, so both would get one MAC address`,
    fix: "give each an id of its own; a NIC without one has its position: nic0, nic1, …",
  };
}

function cannotReserve(index: number): PropIssue {
  return {
    prop: `nics[${index}].ip`,
    message: "the network is not made here, so nothing can make its DHCP server hand this address out",
    fix: "configure the address inside the guest, or make the network in this program",
  };
}

/** libvirt writes MAC addresses in lower case, and the provider calls any difference inconsistent. */
function lowerCase(mac: string): string {
  const known = (text: unknown) => String(text).toLowerCase();
  return isLate(mac) ? derivedText(mac, { known, late: (text) => `lower(${text})` }) : known(mac);
}
