import type { DomainCapabilities } from "../host-facts";
import type { DomainFeaturesHyperV } from "../provider/domain";

type Enlightenment = Exclude<keyof DomainFeaturesHyperV, "mode">;

/** What Windows runs best with, by libvirt's name; each needs those before it or nothing. */
const RECOMMENDED: readonly (readonly [string, Enlightenment])[] = [
  ["relaxed", "relaxed"],
  ["vapic", "vapic"],
  ["spinlocks", "spinlocks"],
  ["vpindex", "vpIndex"],
  ["runtime", "runtime"],
  ["synic", "synic"],
  ["stimer", "stimer"],
  ["frequencies", "frequencies"],
  ["tlbflush", "tlbFlush"],
  ["ipi", "ipi"],
];

/** The recommended interfaces of Hyper-V that a host offers; undefined when nothing tells. */
export function offeredEnlightenments(
  capabilities: DomainCapabilities | undefined,
): readonly Enlightenment[] | undefined {
  const hyperv = capabilities?.features.hyperv;
  if (!hyperv) return undefined;
  const offered = hyperv.supported ? (hyperv.enums.features ?? []) : [];
  return RECOMMENDED.filter(([name]) => offered.includes(name)).map(([, key]) => key);
}

/** Whether a host has Hyper-V's reference clock, which libvirt does not list: the timers are built on it. */
export function offersHypervClock(offered: readonly Enlightenment[] | undefined): boolean {
  return offered?.includes("stimer") === true;
}
