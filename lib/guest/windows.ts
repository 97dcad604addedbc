import type { HostFacts } from "../host-facts";
import { offeredEnlightenments, offersHypervClock } from "../plan/hyper-v";
import { known } from "../plan/late";
import type { DomainClock, DomainFeatures } from "../provider/domain";

/** What of the host the choice depends on. */
interface Place {
  readonly facts?: HostFacts;
  readonly virtType: string;
  readonly arch: string;
  readonly machine: string;
}

/**
 * What Windows runs best with on KVM: the interfaces of Hyper-V that the host's facts list, since QEMU does not start
 * with one that the kernel lacks, and timers that keep its clock right when ticks come late.
 */
export function windowsConfig({ facts, virtType, arch, machine }: Place): {
  readonly features: Pick<DomainFeatures, "hyperV">;
  readonly clock: DomainClock;
} {
  const capabilities = facts?.domainCapabilitiesFor(virtType, arch, known(machine));
  const offered = virtType === "kvm" ? (offeredEnlightenments(capabilities) ?? []) : [];
  const on = (name: string) => (name === "spinlocks" ? { state: "on", retries: 8191 } : { state: "on" });
  const timer = [
    { name: "rtc", tickPolicy: "catchup" },
    { name: "pit", tickPolicy: "delay" },
    { name: "hpet", present: "no" },
    ...(offersHypervClock(offered) ? [{ name: "hypervclock", present: "yes" }] : []),
  ];
  return {
    // The provider reads the mode back, whether it was written or not.
    features:
      offered.length > 0
        ? { hyperV: { mode: "custom", ...Object.fromEntries(offered.map((name) => [name, on(name)])) } }
        : {},
    clock: { offset: "localtime", timer },
  };
}
