import type { PlanHost } from "../../plan/host";

/**
 * What dom0 keeps: as the user says, else as its facts say. Without dom0_mem the hypervisor's tools take memory
 * from dom0 for guests, so that the facts only show what it has now.
 */
export function dom0Memory(host: PlanHost): { kept?: number; fixed: boolean } {
  if (host.dom0?.memoryKiB !== undefined) return { kept: host.dom0.memoryKiB, fixed: true };
  const xen = host.facts?.data.xen;
  const kept = xen?.dom0MemoryMiB === undefined ? undefined : xen.dom0MemoryMiB * 1024;
  return { kept, fixed: /(^|\s)dom0_mem=/.test(xen?.commandLine ?? "") };
}
