import type { MachineName } from "./machine";

/** Where Xen answers otherwise than we do, and why the rule is right all the same. */
interface Explained {
  readonly code: string;
  readonly which: string;
  /** @default - both machines */
  readonly machine?: MachineName;
  readonly reason: string;
}

export const EXPLAINED: readonly Explained[] = [];

export function explanation(code: string, machine: MachineName, which: string): string | undefined {
  return EXPLAINED.find(
    (each) => each.code === code && each.which === which && (each.machine ?? machine) === machine,
  )?.reason;
}
