import type { PlanGuest } from "../../plan/guest";
import { known } from "../../plan/late";

/**
 * What Xen sets aside beside a guest's own memory, as xl computes it: 1 MiB for each vCPU and 8 KiB for each MiB
 * of memory in a hardware container; a PV guest has its page tables in its own memory.
 */
export function xenOverheadKiB(guest: PlanGuest): number {
  if (guest.mode !== "xen-hvm" && guest.mode !== "xen-pvh") return 0;
  const memoryMiB = (known(guest.memoryKiB) ?? 0) / 1024;
  return (known(guest.vcpus) ?? 1) * 1024 + memoryMiB * 8;
}
