import type { Guest } from "./guest";

export const GUEST_BRAND = Symbol.for("virt-constructs/Guest");

/** Whether a value is a guest, of this or another copy of the package. */
export function isGuest(value: unknown): value is Guest {
  return typeof value === "object" && value !== null && GUEST_BRAND in value;
}
