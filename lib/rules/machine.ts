import type { PlanGuest } from "../plan/guest";

/**
 * The machine type that the guest gets: its own, with aliases such as `ubuntu-q35` resolved where the host's facts
 * know them, or the one that libvirt takes when none is named, which is the first that the host lists. Undefined
 * when only the host knows. Ask first whether machine and architecture are late.
 */
export function machineOf({ machine, arch, host, domain }: PlanGuest): string | undefined {
  if (arch === undefined) return machine;
  if (machine === undefined) return host.facts?.machinesOf(arch, domain.type)?.[0]?.name;
  return host.facts?.machine(arch, domain.type, machine)?.name ?? machine;
}

/** Whether a machine has the Q35 chipset: `q35`, `pc-q35-9.2`, `ubuntu-q35`. */
export function isQ35Machine(machine: string): boolean {
  return /(^|-)q35(-|$)/.test(machine);
}
