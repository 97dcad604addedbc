import type { PlanGuest } from "./guest";
import { textsOf } from "./instances";
import { isLate, known } from "./late";
import type { Plan } from "./plan";

/** One virtual machine that there will be: a guest of the plan, or one of its instances. */
export interface Machine {
  /** Its libvirt name; late when only apply knows. */
  readonly name: string;
  readonly guest: PlanGuest;
  /** The fixed address that a network of the plan hands out to it. */
  readonly ip?: string;
  readonly mac?: string;
}

/** Every virtual machine of a plan, in its order. */
export function fleetOf(plan: Plan): Machine[] {
  const addresses = new Addresses(plan);
  return plan.guests.flatMap((guest) => {
    const { name } = guest.domain;
    const names = textsOf(guest, name) ?? [name];
    // Instances share what is written once, and a MAC address is no longer told apart by it.
    const mac = names.length === 1 ? macOf(guest) : undefined;
    return names.map((each) => ({ name: each, guest, mac, ip: addresses.of(guest, mac, each) }));
  });
}

function macOf(guest: PlanGuest): string | undefined {
  return guest.interfaces
    .map(({ mac }) => known(mac?.address))
    .find((mac) => mac !== undefined)
    ?.toLowerCase();
}

/** The addresses that networks of the plan hand out, by MAC address or name. */
class Addresses {
  private readonly byKey = new Map<string, string>();

  constructor(private readonly plan: Plan) {
    for (const { host, config } of plan.networks) {
      for (const { dhcp } of config.ips ?? []) {
        for (const { mac, name, ip } of dhcp?.hosts ?? []) {
          if (ip === undefined || isLate(ip)) continue;
          for (const key of [known(mac)?.toLowerCase(), known(name)]) {
            if (key === undefined) continue;
            const at = `${plan.hosts.indexOf(host)} ${key}`;
            if (!this.byKey.has(at)) this.byKey.set(at, ip);
          }
        }
      }
    }
  }

  of({ host, interfaces }: PlanGuest, mac: string | undefined, name: string): string | undefined {
    const at = this.plan.hosts.indexOf(host);
    const macs = mac === undefined ? [] : interfaces.map((each) => known(each.mac?.address)?.toLowerCase());
    for (const key of [...macs, name]) {
      const ip = key === undefined ? undefined : this.byKey.get(`${at} ${key}`);
      if (ip !== undefined) return ip;
    }
    return undefined;
  }
}
