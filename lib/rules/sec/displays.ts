import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesGraphicsSpice, DomainDevicesGraphicsVnc } from "../../provider/domain";

/** A display that is reached over the network. */
export interface Display {
  readonly kind: "VNC" | "SPICE";
  readonly at: string;
  readonly config: Planned<DomainDevicesGraphicsVnc & DomainDevicesGraphicsSpice>;
}

export function displaysOf({ domain }: PlanGuest): Display[] {
  return (domain.devices?.graphics ?? []).flatMap(({ vnc, spice }, index): Display[] => {
    const at = `devices.graphics[${index}]`;
    if (vnc) return [{ kind: "VNC", at: `${at}.vnc`, config: vnc }];
    return spice ? [{ kind: "SPICE", at: `${at}.spice`, config: spice }] : [];
  });
}

/** Where a display listens; nothing where the host's configuration decides, which is its loopback address. */
export function addressesOf({ config }: Display): string[] {
  const { listen, listeners } = config;
  return [listen, ...(listeners ?? []).map((listener) => listener.address?.address)].filter(
    (address) => address !== undefined,
  );
}

export function isLoopback(address: string): boolean {
  return isLate(address) || /^127\./.test(address) || address === "::1" || address === "localhost";
}
