import { IPv6 } from "ipaddr.js";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import type { NetworkIpsDhcpHosts } from "../provider/network";
import type { Subnet } from "./subnet";

/** What libvirt and dnsmasq take for a host name; they refuse the whole network for any other. */
const HOST_NAME = /^[a-z][a-z0-9-]*$/i;

/** The fixed addresses that a network's DHCP server hands out. */
export class Reservations {
  /** As the provider takes them. */
  readonly hosts: NetworkIpsDhcpHosts[] = [];

  constructor(
    /** Undefined where nobody can say what lies in it. */
    private readonly subnet: Subnet | undefined,
  ) {}

  /** Adds one, or says what is wrong with it. */
  add(mac: string, ip: string, name: string | undefined): PropIssue[] {
    const { subnet } = this;
    const of = name === undefined ? "" : ` of "${name}"`;
    if (subnet && !isLate(ip) && !subnet.offers(ip)) {
      const { start, end } = subnet.guests;
      return [
        {
          prop: "subnet",
          message: `the fixed address ${ip}${of} is none that a guest can have in ${subnet.cidr}`,
          fix: `choose one between ${start} and ${end}`,
        },
      ];
    }
    const usable = name !== undefined && (isLate(name) || HOST_NAME.test(name)) ? name : undefined;
    if (!this.isIpv6(ip)) {
      this.hosts.push({ mac, ip, ...(usable !== undefined && { name: usable }) });
      return [];
    }
    if (usable === undefined) {
      return [
        {
          prop: "subnet",
          message: `the fixed address ${ip} goes by host name, and ${name === undefined ? "none is given" : `"${name}" is none`}`,
          fix: "name the guest with letters, digits and hyphens, starting with a letter",
        },
      ];
    }
    this.hosts.push({ ip, name: usable });
    return [];
  }

  /** libvirt refuses a MAC address beside an IPv6 address. */
  private isIpv6(ip: string): boolean {
    return isLate(ip) ? this.subnet?.version === 6 : IPv6.isValid(ip);
  }
}
