import { differ } from "../host/is-host";
import type { PropIssue } from "../plan/intent";
import { instance, isText } from "../props";
import type { DomainDevicesDisks } from "../provider/domain";
import { addressOf } from "../reference";
import type { Guest } from "./guest";
import { isGuest } from "./is-guest";

/** A guest that serves a device of another in place of dom0: itself, which is then started first, or its name. */
export type DriverDomain = string | Guest;

export const driverDomain = instance(
  (value): value is DriverDomain => isText(value) || isGuest(value),
  "a guest of the host, or the name of one",
);

/** Who serves a device, in the provider's words; a guest of the program is started before the one that it serves. */
export function backendOf(
  guest: Guest,
  backend: DriverDomain | undefined,
  prop: string,
  issues: PropIssue[],
): Pick<DomainDevicesDisks, "backendDomain"> {
  if (backend === undefined) return {};
  if (!isGuest(backend)) return { backendDomain: { name: backend } };
  const wrong = apart(guest, backend);
  if (wrong) issues.push({ prop: `${prop}.backendDomain`, ...wrong });
  else {
    const address = addressOf(backend.domain);
    const { dependsOn = [] } = guest.domain;
    if (!dependsOn.includes(address)) guest.domain.dependsOn = [...dependsOn, address];
  }
  return { backendDomain: { name: backend.guestName } };
}

/** Why a guest cannot serve another. */
function apart(guest: Guest, backend: Guest): Omit<PropIssue, "prop"> | undefined {
  if (differ(guest.host, backend.host)) {
    return {
      message: `is a guest of "${backend.host.node.id}", and this one of "${guest.host.node.id}"`,
      fix: "put both on one host",
    };
  }
  if (guest.domain.cdktfStack === backend.domain.cdktfStack) return undefined;
  return {
    message: "is a guest of another stack, and Terraform orders the resources of one",
    fix: `give its name, ${JSON.stringify(backend.guestName)}, and let this stack depend on the other: stack.addDependency(other)`,
  };
}
