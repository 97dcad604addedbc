import { instance } from "../props";
import type { IHost } from "./host";

export const HOST_BRAND = Symbol.for("virt-constructs/Host");

/** Whether a value is a host, of this or another copy of the package. */
export function isHost(value: unknown): value is IHost {
  return typeof value === "object" && value !== null && HOST_BRAND in value;
}

/** The host of a construct that either hypervisor can have. */
export const anyHost = instance(isHost, "a KvmHost or a XenHost");
