import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";

/** What an enlightenment builds upon. */
const NEEDS = {
  synic: ["vpIndex"],
  stimer: ["synic", "hypervclock"],
  "stimer.direct": ["stimer"],
  tlbFlush: ["vpIndex"],
  "tlbFlush.direct": ["vapic"],
  "tlbFlush.extended": ["tlbFlush"],
  ipi: ["vpIndex"],
  evmcs: ["vapic"],
} as const;
type Name = keyof typeof NEEDS | (typeof NEEDS)[keyof typeof NEEDS][number];

/** The fewest spins that Hyper-V's interface can say. */
const LEAST_SPINS = 4095;
/** The vendor's name stands in three registers of 4 bytes. */
const VENDOR_LENGTH = 12;

/** Enlightenments tell Windows that it runs on Hyper-V; one builds upon another. */
export const hyperVPrerequisites = defineRule({
  code: "VIRT-CPU-018",
  slug: "hyper-v-prerequisites",
  severity: "error",
  stage: "start",
  title: "A Hyper-V enlightenment needs those that it builds upon",
  why: "synic, tlbFlush and ipi address virtual processors by vpIndex, stimer sends its messages through synic and counts with the timer hypervclock, evmcs needs vapic. QEMU refuses to start a KVM guest that has one without the other. libvirt refuses spinlocks with fewer than 4095 retries or none, and a vendor id of more than 12 characters or none.",
  fix: "Switch on what the enlightenment needs, or leave it out.",
  sources: [
    "QEMU docs/system/i386/hyperv.rst; target/i386/kvm/kvm.c kvm_hyperv_properties, hv_feature_check_deps (Hyper-V synthetic interrupt controller (SynIC) requires Hyper-V VP index)",
    "libvirt domain_conf.c virDomainFeaturesHyperVDefParse",
    "tried: libvirt 9.0.0, define of spinlocks with 100 retries: must be at least 4095; without: Missing required attribute 'retries'; of vendor_id without value: missing 'value' attribute; of 16 characters: must not be more than 12 characters",
    "tried: QEMU 7.2 under emulation starts with each enlightenment alone: it ignores them. The KVM that was tried offers no Hyper-V interface, so that what QEMU demands under KVM comes from its sources",
  ],
  needs: ["guest"],
  on: having(guests, "features.hyperV"),
  *check(guest): Iterable<Outcome> {
    const hyperV = guest.domain.features?.hyperV;
    if (hyperV === undefined || guest.isXen) return yield notApplicable;
    yield* checkValues(guest);
    // Emulation ignores enlightenments; passthrough takes what the kernel has.
    if (guest.mode !== "kvm" || hyperV.mode === "passthrough") return yield pass;
    for (const name of Object.keys(NEEDS) as (keyof typeof NEEDS)[]) {
      const on = stateOf(guest, name);
      if (on === false) continue;
      const missing = NEEDS[name].filter((needed) => stateOf(guest, needed) !== true);
      if (missing.length === 0) yield pass;
      else if (on === undefined || missing.every((needed) => stateOf(guest, needed) === undefined)) {
        yield undetermined("a Hyper-V enlightenment is known only at apply");
      } else yield failure(guest, name, missing);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ features: { hyper_v: { synic: { state: "on" } } } }),
    good: (plan) =>
      plan.kvm({ features: { hyper_v: { synic: { state: "on" }, vp_index: { state: "on" } } } }),
  },
});

function failure(guest: PlanGuest, name: keyof typeof NEEDS, missing: readonly Name[]): Outcome {
  const wanted = missing.map((needed) =>
    needed === "hypervclock"
      ? 'add { name: "hypervclock", present: "yes" } to clock.timer'
      : `set features.hyperV.${needed} to { state: "on" }`,
  );
  return fail({
    at: `features.hyperV.${name}`,
    message: `"${guest.label}" has the Hyper-V enlightenment ${name} without ${missing.join(" and ")}, which it builds upon.`,
    fix: `${wanted.join(" and ")}, or remove ${name}`,
  });
}

/** Whether it is on; undefined when only apply knows. */
function stateOf({ domain }: PlanGuest, name: Name): boolean | undefined {
  if (name === "hypervclock") {
    const timers = domain.clock?.timer ?? [];
    if (timers.some((timer) => timer.name === name && timer.present === "yes")) return true;
    return timers.some((timer) => isLate(timer.name) || (timer.name === name && isLate(timer.present)))
      ? undefined
      : false;
  }
  const hyperV = domain.features?.hyperV;
  const [whole, part] = name.split(".") as ["stimer" | "tlbFlush", ("direct" | "extended")?];
  const of = (given: { readonly state?: string } | undefined) =>
    isLate(given?.state) ? undefined : given?.state === "on";
  if (part === undefined) return of(hyperV?.[whole]);
  // libvirt writes the part only where the whole is on.
  const on = of(hyperV?.[whole]);
  const given: Partial<Record<string, { readonly state?: string }>> = { ...hyperV?.[whole] } as never;
  return on === false ? false : of(given[part]) && on;
}

function* checkValues({ domain, label }: PlanGuest): Iterable<Outcome> {
  const { spinlocks, vendorId } = domain.features?.hyperV ?? {};
  const retries = spinlocks?.retries;
  if (spinlocks?.state === "on" && !isLate(retries) && (retries ?? 0) < LEAST_SPINS) {
    yield fail({
      at: "features.hyperV.spinlocks.retries",
      message: `"${label}" has Hyper-V spinlocks ${retries === undefined ? "without retries" : `with ${retries} retries`}; libvirt wants ${LEAST_SPINS} at least.`,
      fix: "set features.hyperV.spinlocks.retries to 8191",
    });
  }
  const value = vendorId?.value;
  const length = isLate(value) ? 1 : Buffer.byteLength(value ?? "");
  if (vendorId?.state === "on" && (length === 0 || length > VENDOR_LENGTH)) {
    yield fail({
      at: "features.hyperV.vendorId.value",
      message: `The Hyper-V vendor id of "${label}" ${length === 0 ? "is missing" : `has ${length} characters`}; it has 1 to ${VENDOR_LENGTH}.`,
      fix: "set features.hyperV.vendorId.value to 12 characters or fewer",
    });
  }
}
