import type { DomainCapabilities } from "../../host-facts/facts";
import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { whyNotDescribed } from "../hyp/offers";

/** Names that no other family of CPUs has; the rest of a host's features is for libvirt to know. */
const ONLY_X86 = /^(?:vmx|svm|mmx|sse|ssse|avx|amx)/;
const ONLY_ARM = /^sve(?:\d|$)/;

/** A feature that a guest requires is a promise, and libvirt asks the host before it is given. */
export const cpuFeaturesFit = defineRule({
  code: "VIRT-CPU-009",
  slug: "cpu-features-fit",
  severity: "error",
  stage: "start",
  title: "CPU features must exist on the guest's architecture and the host, and be named once",
  why: "libvirt knows the features of each architecture by name and refuses to start a guest with others. A feature with policy require or force-free must be there; where the domain capabilities name it among what the host lacks, the guest does not start. A feature that is named twice, or without a model in mode custom, is refused at once, as are lengths of SVE vectors with SVE switched off.",
  fix: "Name each feature once, by the name that libvirt has for it, and require only what the host has.",
  sources: [
    "libvirt cpu_conf.c virCPUDefParseXML; qemu_process.c qemuProcessStartValidate (virCPUValidateFeatures), qemuProcessUpdateGuestCPU; qemu_domain.c qemuDomainDefCPUPostParse (SVE disabled, but SVE vector lengths provided)",
    "libvirt NEWS 10.9.0: blockers in domain capabilities",
    "tried: libvirt 9.0.0, define of a feature twice: CPU feature 'aes' specified more than once; without a model: Non-empty feature list specified without CPU model; a feature without a name: Invalid CPU feature name",
    "tried: libvirt 9.0.0, start with sve128 on x86_64, required or disabled: unknown CPU feature: sve128; with avx512f required on a host without it, check partial: Host CPU does not provide required features: avx512f; with check none it starts",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "cpu.features"),
  *check(guest): Iterable<Outcome> {
    const { cpu } = guest.domain;
    const features = cpu?.features ?? [];
    if (features.length === 0) return yield notApplicable;
    const { label, arch } = guest;
    if (!isLate(cpu?.mode) && (cpu?.mode ?? "custom") === "custom" && cpu?.model === undefined) {
      yield fail({
        at: "cpu.model",
        message: `"${label}" lists CPU features (cpu.features) without a mode or a model to add them to.`,
        fix: 'set cpu.mode to "host-model" or "host-passthrough", or cpu.model',
      });
    }
    if (isLate(arch) || features.some(({ name, policy }) => isLate(name) || isLate(policy))) {
      yield undetermined("a CPU feature is known only at apply");
    }
    yield* checkNames(guest);
    yield* checkHost(guest);
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1").kvm({
        cpu: {
          mode: "custom",
          model: "Skylake-Server",
          features: [{ name: "avx512f", policy: "require" }],
        },
      }),
    good: (plan) =>
      plan.kvmHost("kvm1").kvm({
        cpu: {
          mode: "custom",
          model: "Skylake-Server",
          features: [{ name: "pcid", policy: "require" }],
        },
      }),
  },
});

/** What no host takes. */
function* checkNames({ domain, label, arch }: PlanGuest): Iterable<Outcome> {
  const seen = new Map<string, number>();
  const features = domain.cpu?.features ?? [];
  const sve = features.find(({ name }) => name === "sve");
  const foreign = arch === "aarch64" || arch === "armv7l" ? ONLY_X86 : isX86(arch) ? ONLY_ARM : undefined;
  for (const [index, { name, policy }] of features.entries()) {
    const at = `cpu.features[${index}]`;
    if (isLate(name)) continue;
    if (!name) {
      yield fail({
        at: `${at}.name`,
        message: `${at} of "${label}" has no name.`,
        fix: "name the feature, or remove it",
      });
      continue;
    }
    const first = seen.get(name);
    seen.set(name, first ?? index);
    if (first !== undefined) {
      yield fail({
        at: `${at}.name`,
        message: `CPU feature ${name} of "${label}" is given twice, in cpu.features[${first}] and ${at}.`,
        fix: "keep one of them",
      });
    } else if (foreign?.test(name)) {
      yield fail({
        at: `${at}.name`,
        message: `CPU feature ${name} of "${label}" is not a feature of ${arch}.`,
        fix: "remove it",
      });
    } else if (sve && /^sve\d+$/.test(name) && (sve.policy === "disable" || sve.policy === "forbid")) {
      yield fail({
        at: `${at}.name`,
        message: `"${label}" gives a length of SVE vectors (${name}, policy ${policy ?? "require"}) and switches SVE off.`,
        fix: `remove ${name}, or require sve`,
      });
    }
  }
}

/** What this host lacks, as far as its capabilities say. */
function* checkHost(guest: PlanGuest): Iterable<Outcome> {
  const { domain, host, label, arch } = guest;
  const required = (domain.cpu?.features ?? []).flatMap(({ name, policy }, index) =>
    known(name) && (policy ?? "require") === "require" ? [{ name: name!, index }] : [],
  );
  const check = domain.cpu?.check ?? (guest.mode === "kvm" ? "partial" : "none");
  if (required.length === 0 || check === "none" || isLate(arch) || arch === undefined) return yield pass;
  if (isLate(check)) return yield undetermined("cpu.check is known only at apply");
  const unknown = whyNotDescribed(guest);
  if (unknown !== undefined) return yield undetermined(unknown);
  const capabilities = host.facts?.domainCapabilitiesFor(domain.type, arch);
  if (!capabilities) return yield needsFacts(host);
  const lacking = lackingOn(capabilities);
  for (const { name, index } of required) {
    if (!lacking.has(name)) yield pass;
    else {
      // Under KVM a partial check asks the CPU alone, which may have what QEMU cannot provide.
      const certain = check === "full" || guest.mode === "tcg" || isAbsent(name, guest, capabilities);
      yield fail({
        severity: certain ? "error" : "warning",
        at: `cpu.features[${index}].name`,
        message: `"${label}" requires CPU feature ${name}, which ${certain ? `"${host.label}" lacks` : `QEMU on "${host.label}" cannot provide`}.`,
        fix: 'remove it, or set its policy to "optional"',
      });
    }
  }
}

/** Features that models could not be provided for, and that the host's own model had to do without. */
function lackingOn({ cpuModels, hostModel }: DomainCapabilities): Set<string> {
  const lacking = new Set(cpuModels.flatMap(({ blockers }) => blockers ?? []));
  for (const { name, policy } of hostModel?.features ?? []) {
    if (policy === "disable") lacking.add(name);
    else lacking.delete(name);
  }
  return lacking;
}

/** Whether the CPU itself lacks it: QEMU provides the very model that libvirt found for the CPU. */
function isAbsent(name: string, { host }: PlanGuest, { hostModel }: DomainCapabilities): boolean {
  const cpu = host.facts?.data.cpu;
  return cpu?.model !== undefined && hostModel?.model === cpu.model && !cpu.features.includes(name);
}
