import type { CpuModelOffer, DomainCapabilities } from "../../host-facts/facts";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf, whyNotDescribed } from "../hyp/offers";

/** They need `monitor`, which every such CPU has and KVM never passes on. */
const NEED_MONITOR = ["core2duo", "coreduo", "n270", "phenom"];

/** A named model is a promise to the guest: the host must have every feature of it. */
export const cpuModelUsable = defineRule({
  code: "VIRT-CPU-008",
  slug: "cpu-model-usable",
  severity: "error",
  stage: "start",
  title: "A named CPU model must be usable on the host",
  why: "The guest may use every feature of the model that it was promised. Domain capabilities name the models that QEMU can provide on this CPU. libvirt checks others before a start, unless check is none (the default under emulation), and refuses what the CPU lacks. What only QEMU cannot provide it takes away without a word.",
  fix: "Choose a model that the host offers, host-model, or switch off the features that are missing.",
  sources: [
    "libvirt qemu_process.c qemuProcessUpdateGuestCPU, qemu_domain.c qemuDomainDefCPUPostParse, 11.3 qemu_domain.c qemuDomainCheckCPU; NEWS 10.9.0: blockers",
    "tried: libvirt 9.0.0, start with fallback forbid and allow: Host CPU does not provide required features; check none starts; features with policy disable or optional are not demanded",
    "tried: all models marked unusable: with check full none of 49 starts under KVM; with check partial none of 35 starts under emulation, but 12 of 49 under KVM, on a CPU of which QEMU hides a feature: a warning there",
    "tried: a model that libvirt does not know: Unknown CPU model; one that only QEMU does not know is refused with fallback forbid and replaced by another without it",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "cpu.model"),
  check: (guest, plan) => {
    const { cpu, type } = guest.domain;
    const { host, arch, label } = guest;
    const [mode, model] = [cpu?.mode ?? "custom", cpu?.model];
    if (model === undefined || (mode !== "custom" && !isLate(mode))) return notApplicable;
    const check = cpu?.check ?? (guest.mode === "kvm" ? "partial" : "none");
    if (isLate(mode) || isLate(model) || isLate(check) || isLate(arch)) {
      return undetermined("the CPU model is known only at apply");
    }
    const capabilities = arch && host.facts?.domainCapabilitiesFor(type, arch);
    if (!capabilities) return needsFacts(host);
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);

    const offer = capabilities.cpuModels.find((each) => each.name === model);
    if (!offer) {
      const forbidden = cpu?.modelFallback === "forbid";
      return fail({
        at: "cpu.model",
        severity: forbidden ? "error" : "warning",
        message: `QEMU on "${host.label}" does not know CPU model ${model} of "${label}"${forbidden ? "" : ": libvirt refuses the guest or gives it another model"}.`,
        fix: `set cpu.mode to "host-model", or cpu.model to ${alternatives(capabilities)}${elsewhere(guest, plan)}`,
      });
    }
    if (check === "none" || offer.usable === true) return pass;
    const lacking = lackingFeatures(guest, offer);
    if (offer.usable === undefined || lacking === "unknown") {
      return undetermined(`whether "${host.label}" can provide CPU model ${model} is not known`);
    }
    if (lacking?.length === 0) return pass;
    const certain =
      check === "full" || guest.mode === "tcg" || isMissing(guest, capabilities, offer, lacking);
    return fail({
      at: "cpu.model",
      severity: certain ? "error" : "warning",
      message: `CPU model ${model} of "${label}" is not usable on "${host.label}"${lacking ? `: it needs ${lacking.join(", ")}` : ""}.${
        certain ? "" : " libvirt refuses to start the guest, or starts it without what QEMU cannot provide."
      }`,
      fix: `set cpu.mode to "host-model", or cpu.model to ${alternatives(capabilities)}${
        lacking ? `, or add ${lacking.join(", ")} to cpu.features with policy "disable"` : ""
      }${elsewhere(guest, plan)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ cpu: { mode: "custom", model: "Icelake-Server" } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ cpu: { mode: "custom", model: "Skylake-Server" } }),
  },
});

/** The hosts of the plan that can provide the guest's model. */
function elsewhere({ domain, arch, label }: PlanGuest, plan: Plan): string {
  const others = plan.hosts.filter(({ facts }) =>
    isUsable(facts?.domainCapabilitiesFor(domain.type, arch!), domain.cpu!.model!),
  );
  return others.length > 0 ? `, or place "${label}" on ${anyOf(others.map((other) => other.label))}` : "";
}

function isUsable(capabilities: DomainCapabilities | undefined, model: string): boolean {
  return capabilities?.cpuModels.find((each) => each.name === model)?.usable === true;
}

/** `Skylake-Server or Broadwell`, the first models that the host can provide. */
function alternatives({ cpuModels }: DomainCapabilities): string {
  const usable = cpuModels.filter((each) => each.usable).map((each) => each.name);
  return usable.length === 0 ? "one that virsh domcapabilities marks usable" : anyOf(usable.slice(0, 5));
}

/**
 * What the model needs, the guest does not switch off, and QEMU cannot provide here. Undefined when the
 * capabilities do not name it, unknown when the guest switches off features and nobody tells whether these suffice.
 */
function lackingFeatures(guest: PlanGuest, { blockers }: CpuModelOffer): string[] | "unknown" | undefined {
  const features = guest.domain.cpu?.features ?? [];
  if (features.some(({ name, policy }) => isLate(name) || isLate(policy))) return "unknown";
  const waived = features.filter(({ policy }) => policy === "disable" || policy === "optional");
  if (!blockers) return waived.length > 0 ? "unknown" : undefined;
  return blockers.filter((blocker) => !waived.some(({ name }) => name === blocker));
}

/**
 * Whether the CPU itself lacks a feature, which is what libvirt's partial check asks under KVM. QEMU cannot provide
 * some features that the CPU has; that shows where the model that libvirt found for the CPU is not the one that
 * QEMU can provide, or only without some of its features.
 */
function isMissing(
  { host }: PlanGuest,
  { hostModel }: DomainCapabilities,
  { name }: CpuModelOffer,
  lacking: readonly string[] | undefined,
): boolean {
  const cpu = host.facts?.data.cpu;
  if (!cpu || cpu.model === undefined || hostModel?.model !== cpu.model) return false;
  if (hostModel.features.some(({ policy }) => policy === "disable")) return false;
  if (!lacking) return !NEED_MONITOR.includes(name);
  return lacking.some((feature) => !cpu.features.includes(feature));
}
