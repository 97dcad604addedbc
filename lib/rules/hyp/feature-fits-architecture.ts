import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainFeatures } from "../../provider/domain";
import { defineRule, fail, type Outcome, qemuGuests, undetermined } from "../../rule";

type Features = Planned<DomainFeatures>;

/** A feature, whether a guest asks for it, and the machines that have it. */
interface Feature {
  readonly at: string;
  readonly asked: (features: Features) => unknown;
  readonly on: keyof typeof MACHINES;
}

const isArmVirt = (arch: string, machine: string | undefined) =>
  /^(aarch64|armv7l|armv6l)$/.test(arch) && /^virt(-|$)/.test(machine ?? "");

const MACHINES = {
  "x86 guests": (arch: string) => isX86(arch),
  "ARM guests with machine virt": isArmVirt,
  "x86 guests, and ARM guests with machine virt": (arch: string, machine: string | undefined) =>
    isX86(arch) || isArmVirt(arch, machine),
  "POWER guests with machine pseries": (arch: string, machine: string | undefined) =>
    arch.startsWith("ppc64") && /^pseries(-|$)/.test(machine ?? "pseries"),
  "guests of other architectures than POWER": (arch: string) => !arch.startsWith("ppc64"),
} as const;

const PSERIES = "POWER guests with machine pseries";

const FEATURES: readonly Feature[] = [
  { at: "gic", asked: ({ gic }) => gic, on: "ARM guests with machine virt" },
  { at: "hpt", asked: ({ hpt }) => hpt?.resizing ?? hpt?.maxPageSize, on: PSERIES },
  { at: "htm", asked: ({ htm }) => htm, on: PSERIES },
  { at: "nestedHv", asked: ({ nestedHv }) => nestedHv, on: PSERIES },
  { at: "ccfAssist", asked: ({ ccfAssist }) => ccfAssist, on: PSERIES },
  { at: "cfpc", asked: ({ cfpc }) => cfpc, on: PSERIES },
  { at: "sbbc", asked: ({ sbbc }) => sbbc, on: PSERIES },
  { at: "ibs", asked: ({ ibs }) => ibs, on: PSERIES },
  { at: "ioapic", asked: ({ ioapic }) => ioapic?.driver, on: "x86 guests" },
  { at: "pvSpinlock", asked: ({ pvSpinlock }) => pvSpinlock, on: "x86 guests" },
  { at: "apic.eoi", asked: ({ apic }) => apic?.eoi, on: "x86 guests" },
  { at: "hyperV", asked: ({ hyperV }) => hyperV, on: "x86 guests, and ARM guests with machine virt" },
  {
    at: "pmu",
    asked: ({ pmu }) => (pmu?.state === "off" || isLate(pmu?.state) ? pmu?.state : undefined),
    on: "guests of other architectures than POWER",
  },
];

/** Interrupt controllers, hash tables and enlightenments belong to one family of CPUs. */
export const featureFitsArchitecture = defineRule({
  code: "VIRT-HYP-012",
  slug: "feature-fits-architecture",
  severity: "error",
  stage: "define",
  title: "A feature must be one of the guest's architecture and machine",
  why: "libvirt refuses what a machine does not have: the GIC is ARM's interrupt controller, hpt, htm, nested-hv, ccf-assist, cfpc, sbbc and ibs are of POWER's pseries, the I/O APIC, paravirtual spinlocks and the APIC's eoi of x86. Even their state off is refused elsewhere.",
  fix: "Remove the feature, or run the guest on the architecture that has it.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefFeatures, qemuValidateDomainDefPSeriesFeature",
    "tried: libvirt 9.0.0, define on x86_64 q35 of gic, hpt with resizing or maxpagesize, htm on and off, nested-hv, ccf-assist, cfpc, sbbc, ibs: The '…' feature is not supported for architecture 'x86_64' or machine type 'pc-q35-7.2'; an empty hpt, ioapic, pvspinlock and hyperv are defined",
    "by the source alone, for want of an emulator: what other architectures refuse",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Generator<Outcome> {
    const { features } = guest.domain;
    if (features === undefined) return;
    for (const { at, asked, on } of FEATURES) {
      const value = asked(features);
      if (value !== undefined) yield* outcome(guest, at, value, on);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ features: { gic: { version: "3" } } }),
    good: (plan) => plan.kvm({ features: { ioapic: { driver: "kvm" } } }),
  },
});

function* outcome(guest: PlanGuest, at: string, value: unknown, on: Feature["on"]): Generator<Outcome> {
  const { arch, machine, label } = guest;
  if (arch === undefined) {
    yield undetermined("the guest's architecture is not known");
    return;
  }
  if (isLate(arch) || isLate(machine)) {
    yield undetermined("the guest's architecture or machine is known only at apply");
    return;
  }
  if (MACHINES[on](arch, machine)) return;
  if (isLate(value)) {
    yield undetermined("the guest's features are known only at apply");
    return;
  }
  yield fail({
    at: `features.${at}`,
    message: `"${label}" sets features.${at}${at === "pmu" ? " to off" : ""}, which is for ${on}; it is ${arch}${machine === undefined ? "" : ` with machine ${machine}`}.`,
    fix: `remove features.${at}`,
  });
}
