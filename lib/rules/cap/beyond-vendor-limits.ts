import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import {
  defineRule,
  fail,
  guests,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";

const TIB = 2 ** 30;

/** What SUSE supports of one guest. */
interface Limits {
  readonly vcpus: number;
  readonly memoryKiB: number;
}

/** Beyond what a vendor has tested, a guest may run, and nobody helps when it does not. */
export const beyondVendorLimits = defineRule({
  code: "VIRT-CAP-010",
  slug: "beyond-vendor-limits",
  severity: "warning",
  stage: "advice",
  title: "A guest should stay within what the host's distribution supports",
  why: "SUSE Linux Enterprise supports 288 vCPUs and 6 TiB for a KVM guest. On Xen it supports 2 TiB, and 512 vCPUs for a paravirtualized guest; for a fully virtualized one 32, 64 for Windows, and 128 for guests that are trusted. The host's kernel release tells whether it is SUSE's; the limits of other distributions are not known here.",
  fix: "Make the guest smaller, or take the risk knowingly.",
  sources: ["SUSE/doc-sle xml/virt_support.xml, KVM limits and Xen limits"],
  needs: ["guest", "host facts"],
  on: guests,
  check: (guest) => {
    const limits = limitsOf(guest);
    if (!limits) return notApplicable;
    const { vcpus, memoryKiB, host } = guest;
    const manyVcpus = (known(vcpus) ?? 0) > limits.vcpus;
    const muchMemory = (known(memoryKiB) ?? 0) > limits.memoryKiB;
    const late = isLate(vcpus) || isLate(memoryKiB);
    if (!manyVcpus && !muchMemory && !late) return pass;
    const release = host.facts?.data.kernelRelease;
    if (release === undefined) return needsFacts(host);
    if (!SUSE_KERNEL.test(release)) return notApplicable;
    if (!manyVcpus && !muchMemory) return undetermined("the size of a guest is known only at apply");
    return exceeded(guest, manyVcpus, limits);
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { kernelRelease: "6.4.0-150600.23.47-default", memoryKiB: 8 * TIB } })
        .kvm({ memory: 7, memory_unit: "TiB" }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { kernelRelease: "6.4.0-150600.23.47-default", memoryKiB: 8 * TIB } })
        .kvm({ memory: 6, memory_unit: "TiB" }),
  },
});

/** SUSE names its kernels by flavour: `6.4.0-150600.23.47-default`. */
const SUSE_KERNEL = /-default$/;

function limitsOf({ mode, os, intent }: PlanGuest): Limits | undefined {
  if (mode === "kvm") return { vcpus: 288, memoryKiB: 6 * TIB };
  if (mode === "xen-pv") return { vcpus: 512, memoryKiB: 2 * TIB };
  if (mode !== "xen-hvm" && mode !== "xen-pvh") return undefined;
  const general = os?.family === "windows" ? 64 : 32;
  return { vcpus: intent?.trusted === true ? 128 : general, memoryKiB: 2 * TIB };
}

function exceeded({ label, vcpus, memoryKiB }: PlanGuest, manyVcpus: boolean, limits: Limits): Outcome {
  return manyVcpus
    ? fail({
        at: "vcpu",
        message: `"${label}" has ${vcpus} vCPUs; SUSE supports ${limits.vcpus} for such a guest.`,
        fix: `set vcpu to ${limits.vcpus} or less`,
      })
    : fail({
        at: "memory",
        message: `"${label}" has ${formatKiB(memoryKiB as number)} of memory; SUSE supports ${formatKiB(limits.memoryKiB)} for such a guest.`,
        fix: `set memory to ${formatKiB(limits.memoryKiB)} or less`,
      });
}
