import { isArm } from "../../plan/arch";
import type { GuestMode, PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { undetermined } from "../../rule";

/** Whether a Xen guest is of one of these kinds; undefined when only apply knows. */
export function isKind(guest: PlanGuest, ...kinds: readonly GuestMode[]): boolean | undefined {
  if (isLate(guest.osType)) return undefined;
  return guest.mode !== undefined && kinds.includes(guest.mode);
}

/** On ARM there is one kind of guest, on the CPU's virtualization and without emulated hardware. */
export const isOnArm = ({ host, arch }: PlanGuest): boolean => isArm(known(host.arch ?? arch));

export const lateKind = undetermined("the guest's type is known only at apply");

/** What people call the kinds of Xen guest. */
export function kindName(guest: PlanGuest): string {
  return NAMES[guest.mode!]!;
}

const NAMES: Partial<Record<GuestMode, string>> = {
  "xen-pv": "PV guest",
  "xen-pvh": "PVH guest",
  "xen-hvm": "HVM guest",
};
