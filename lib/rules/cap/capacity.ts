import type { PlanHost } from "../../plan/host";
import { isLate, known } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { claimsOf } from "./claims";
import { dom0Memory } from "./dom0-memory";
import { xenOverheadKiB } from "./xen-overhead";

/** What a host has, and what the plan asks of it. */
export interface HostCapacity {
  readonly memory: Share;
  readonly vcpus: Share;
}

/** Memory in KiB, or vCPUs. */
export interface Share {
  /** What the host has; undefined without its facts. */
  readonly total?: number;
  /** What dom0 takes, or what the user keeps for the host. */
  readonly reserved: number;
  readonly guests: number;
  /** What Xen needs beside the guests' own memory. */
  readonly overhead: number;
  /** Guests that are not in it, because only apply knows what they take. */
  readonly late: number;
}

/** The same arithmetic as that of the rules on memory and vCPUs. */
export function capacityOf(plan: Plan, host: PlanHost): HostCapacity {
  const guests = plan.guestsOn(host).filter((guest) => guest.mayRun !== false);
  const isXen = host.hypervisor === "xen";
  const claims = claimsOf(guests, (guest) =>
    isXen
      ? { memoryKiB: guest.currentMemoryKiB, overheadKiB: xenOverheadKiB(guest) }
      : { memoryKiB: guest.memoryKiB },
  );
  const counted = guests.filter(
    ({ mayRun, vcpus, multiplicity }) => mayRun !== undefined && !isLate(vcpus) && !isLate(multiplicity),
  );
  const { facts, dom0, reservedMemoryKiB = 0 } = host;
  return {
    memory: {
      total: facts?.data.memoryKiB,
      reserved: isXen ? (dom0Memory(host).kept ?? 0) : reservedMemoryKiB,
      guests: claims.memoryKiB,
      overhead: claims.overheadKiB,
      late: claims.late,
    },
    vcpus: {
      total: facts?.data.xen?.threads ?? facts?.data.cpu?.threads,
      reserved: isXen ? (dom0?.vcpus ?? facts?.data.xen?.dom0Vcpus ?? 0) : 0,
      guests: counted.reduce((sum, { vcpus, multiplicity }) => sum + known(vcpus)! * known(multiplicity)!, 0),
      overhead: 0,
      late: guests.length - counted.length,
    },
  };
}
