import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";

const VENDORS = { vmx: "Intel", svm: "AMD" } as const;
type Flag = keyof typeof VENDORS;

/** A guest that is a hypervisor itself needs the CPU's virtualization once more, from a host that passes it on. */
export const nestedVirtualizationOffered = defineRule({
  code: "VIRT-HYP-016",
  slug: "nested-virtualization-offered",
  severity: "warning",
  stage: "advice",
  title: "A guest that asks for nested virtualization has a host that offers it",
  why: "vmx is Intel's virtualization and svm AMD's: a guest can have only that of its host's CPU, and only where the host's KVM is told to pass it on. Xen does for HVM guests, as an experiment without security support.",
  fix: "Ask for the host's own flag, and switch nesting on in the host's kvm_intel or kvm_amd.",
  sources: [
    "xl.cfg(5) nestedhvm; Xen SUPPORT.md, Nested HVM: experimental",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with host-passthrough that requires svm: nested_hvm True in the JSON configuration, CPUID leaf 8000000a in the guest",
    "libvirt domcapabilities: host-model disables the flag where QEMU finds that KVM does not pass it on",
  ],
  needs: ["guest", "host facts"],
  on: having(guests, "cpu.features"),
  check: (guest): Outcome => {
    const { label, host, mode, domain } = guest;
    const features = domain.cpu?.features ?? [];
    const index = features.findIndex(
      ({ name, policy = "require" }) => isFlag(name) && (policy === "require" || policy === "force"),
    );
    if (index < 0) {
      return features.some(({ name, policy }) => isLate(name) || (isFlag(name) && isLate(policy)))
        ? undetermined("the features of the guest's CPU are known only at apply")
        : notApplicable;
    }
    const flag = features[index]!.name as Flag;
    const at = `cpu.features[${index}]`;
    if (guest.isXen) {
      // Of other kinds and modes the driver ignores the features, which another rule says.
      if (mode !== "xen-hvm" || domain.cpu?.mode !== "host-passthrough") return notApplicable;
      return fail({
        at,
        message: `"${label}" asks for nested virtualization (${flag}), which is an experiment in Xen: it has no security support.`,
        fix: `remove ${at} unless "${label}" is for trying things out, or run it as KvmGuest`,
      });
    }
    if (mode !== "kvm") return notApplicable;
    const lack = lackOf(guest, flag);
    if (lack === undefined) return needsFacts(host);
    if (lack === "") return pass;
    return fail({
      at,
      message: `"${label}" asks for nested virtualization with ${VENDORS[flag]}'s ${flag}, but ${lack}.`,
      fix: `remove ${at}, or ${lack.includes("nesting") ? `load kvm_${VENDORS[flag].toLowerCase()} on ${host.label} with nested=1 and capture its facts again` : `place "${label}" on a host with ${VENDORS[flag]}'s CPU`}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ cpu: { mode: "host-passthrough", features: [{ name: "svm", policy: "require" }] } }),
    good: (plan) =>
      plan.kvm({ cpu: { mode: "host-passthrough", features: [{ name: "vmx", policy: "require" }] } }),
  },
});

function isFlag(name: string | undefined): boolean {
  return name === "vmx" || name === "svm";
}

/** Why the host cannot give the flag; empty when nothing speaks against it, undefined when the host is not known. */
function lackOf({ host, arch, machine }: PlanGuest, flag: Flag): string | undefined {
  const { facts } = host;
  const own = facts?.data.cpu?.virtualizationFlag;
  const model =
    arch === undefined || isLate(arch) || isLate(machine)
      ? undefined
      : facts?.domainCapabilitiesFor("kvm", arch, machine)?.hostModel;
  if (own !== undefined && own !== "none" && own !== flag)
    return `the CPU of "${host.label}" has ${VENDORS[own]}'s ${own}`;
  if (model?.features.some(({ name, policy }) => name === flag && policy === "disable")) {
    return `KVM on "${host.label}" does not pass it on: nesting is switched off`;
  }
  return own === undefined && model === undefined ? undefined : "";
}
