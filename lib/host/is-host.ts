import { isLate } from "../plan/late";
import { instance } from "../props";
import type { IHost } from "./host";

export const HOST_BRAND = Symbol.for("virt-constructs/Host");

/** Whether a value is a host, of this or another copy of the package. */
export function isHost(value: unknown): value is IHost {
  return typeof value === "object" && value !== null && HOST_BRAND in value;
}

/** The host of a construct that either hypervisor can have. */
export const anyHost = instance(isHost, "a KvmHost or a XenHost");

/** Whether two hosts are known to be two: one URI is one host, and what is late may be any. */
export function differ(one: IHost | undefined, other: IHost | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return false;
  return !isLate(one.uri) && !isLate(other.uri) && one.uri !== other.uri;
}
