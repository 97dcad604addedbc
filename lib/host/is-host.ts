import type { IConstruct } from "constructs";
import { isStack } from "../plan/construct-reader";
import type { PropIssue } from "../plan/intent";
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

/** What is wrong with the host of a construct: Terraform knows a provider in the stack alone where it is configured. */
export function hostIssues(construct: IConstruct, host: IHost | undefined): PropIssue[] {
  if (host === undefined || stackOf(construct) === stackOf(host)) return [];
  return [
    {
      prop: "host",
      message: `is in another stack (${stackOf(host)?.node.path}), and Terraform knows its provider there alone`,
      fix: "make the host in this stack as well: hosts with one URI are one host",
    },
  ];
}

function stackOf(construct: IConstruct): IConstruct | undefined {
  let stack: IConstruct | undefined = construct;
  while (stack && !isStack(stack)) stack = stack.node.scope;
  return stack;
}
