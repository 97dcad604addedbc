import { isLate } from "../../plan/late";
import { defineRule, fail, pass, undetermined, xenGuests } from "../../rule";
import { isKind, isOnArm, kindName, lateKind } from "./xen-mode";

/** HVM_MAX_VCPUS in Xen's public headers. libvirt advertises 512 for PVH; the hypervisor goes by this. */
const LIMIT = 128;

/** The hypervisor reserves a page of vCPU data that holds no more. */
export const hvmVcpuLimit = defineRule({
  code: "VIRT-XEN-008",
  slug: "hvm-vcpu-limit",
  severity: "error",
  stage: "start",
  title: "A Xen HVM or PVH guest, and any guest on ARM, has 128 vCPUs at most",
  why: "Xen refuses to create a guest in a hardware container with more, which every guest on ARM is. libvirt's capabilities name 512 for PVH and for ARM, which is the limit of PV on x86.",
  fix: "Reduce the vCPUs, or split the work over several guests.",
  sources: [
    "Xen hvm_info_table.h HVM_MAX_VCPUS; xen/arch/x86/domain.c arch_sanitise_domain_config",
    "tried: libvirt 9.0.0, Xen 4.17, HVM with 129 vCPUs: domain creation fail: Invalid argument; PV on ARM with a GIC of version 3: 129 are refused in these words, 128 are created",
  ],
  needs: ["guest"],
  acknowledgeable: false,
  on: xenGuests,
  check: (guest) => {
    const { vcpus, label } = guest;
    const onArm = isOnArm(guest);
    const concerned = onArm || isKind(guest, "xen-hvm", "xen-pvh");
    if (concerned === false || (!isLate(vcpus) && (vcpus as number) <= LIMIT)) return pass;
    if (concerned === undefined) return lateKind;
    if (isLate(vcpus)) return undetermined("the number of vCPUs is known only at apply");
    return fail({
      at: "vcpu",
      message: `${kindName(guest)} "${label}" asks for ${vcpus} vCPUs; Xen gives ${onArm ? "a guest on ARM" : "an HVM or PVH guest"} ${LIMIT} at most.`,
      fix: `set vcpu to ${LIMIT} or less`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ vcpu: 129, memory: 16 }),
    good: (plan) => plan.xenHvm({ vcpu: 128, memory: 16 }),
  },
});
