import { isLate } from "../../plan/late";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** A guest has a maximum of vCPUs, and starts with all of them or fewer. */
export const vcpuCount = defineRule({
  code: "VIRT-CPU-001",
  slug: "vcpu-count",
  severity: "error",
  stage: "define",
  title: "A guest needs at least one vCPU, and starts with no more than its maximum",
  why: "vcpu is the most that the guest can have, vcpuCurrent what it starts with. QEMU guests with none are refused, as is any guest that should start with more than it can have. The provider writes a 0 for vcpu when another setting of it is given without vcpu itself.",
  fix: "Set vcpu to at least 1 and to no less than vcpuCurrent.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainVCpuTopology, domain_conf.c virDomainVcpuParse",
    "schema of dmacvicar/libvirt 0.9.7: vcpu_placement, vcpu_cpuset and vcpu_current are attributes of the element vcpu",
    "tried: libvirt 9.0.0, define with 0 vCPUs, with placement alone: refused (CPU IDs in <numa> exceed the <vcpu> count); with current 5 of 4: maximum vCPU count must not be less than current vCPU count",
  ],
  needs: ["guest"],
  on: guests,
  check: (guest) => {
    const { vcpu, vcpuCurrent, vcpuPlacement, vcpuCpuset } = guest.domain;
    const { label } = guest;
    if (isLate(vcpu) || isLate(vcpuCurrent))
      return undetermined("the number of vCPUs is known only at apply");
    const given = Object.entries({ vcpuCurrent, vcpuPlacement, vcpuCpuset }).find(([, value]) => value);
    // Without any of them the element is missing, and libvirt takes one vCPU.
    const written = vcpu ?? (given ? 0 : 1);
    if (guest.isQemu && written < 1) {
      return fail({
        at: "vcpu",
        message:
          vcpu === undefined
            ? `"${label}" gives ${given![0]} without vcpu, for which the provider then writes 0.`
            : `"${label}" has ${vcpu} vCPUs.`,
        fix: `set vcpu to ${Math.max(1, vcpuCurrent ?? 1)} or more`,
      });
    }
    if (vcpuCurrent === undefined || vcpuCurrent <= written) return pass;
    return fail({
      at: "vcpuCurrent",
      message: `"${label}" should start with ${vcpuCurrent} vCPUs (vcpuCurrent), but can have ${written} at most (vcpu).`,
      fix: `set vcpu to at least ${vcpuCurrent}, or vcpuCurrent to at most ${Math.max(1, written)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 4, vcpu_current: 8 }),
    good: (plan) => plan.kvm({ vcpu: 8, vcpu_current: 4 }),
  },
});
