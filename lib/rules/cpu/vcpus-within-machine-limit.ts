import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { anyOf, whyNotDescribed } from "../hyp/offers";
import { isQ35Machine, machineOf } from "../machine";

/** More need the IOMMU's extended interrupt mode on x86, which only Q35 has: libvirt's own limit. */
const X86_LIMIT = 255;
/** The least that an ordinary x86 machine allows: RHEL's older ones. */
const X86_ALWAYS = 240;

/** As many as libvirt has room for in a set of CPUs; no machine of any QEMU comes near. */
const NO_MACHINE = 16_384;

/** Each machine type has room for a number of vCPUs that QEMU fixes. */
export const vcpusWithinMachineLimit = defineRule({
  code: "VIRT-CPU-003",
  slug: "vcpus-within-machine-limit",
  severity: "error",
  stage: "define",
  title: "A guest must not have more vCPUs than its machine type allows",
  why: "QEMU fixes for each machine type, and for each version of it, how many CPUs it can have. libvirt compares the maximum number of vCPUs with it, also when fewer are online at start.",
  fix: "Lower the number of vCPUs, or choose a machine type with more room; above 255 that is Q35 with an IOMMU.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainVCpuTopology, QEMU_MAX_VCPUS_WITHOUT_EIM",
    "tried: libvirt 9.0.0 with QEMU 7.2, define of 256 vCPUs on pc: Maximum CPUs greater than specified machine type limit 255; of 289 on q35: limit 288; libvirtd dies of 2147483648",
    "libvirt domain_conf.h VIR_DOMAIN_CPUMASK_LEN",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: (guest, plan) => {
    const { vcpus, arch, host, label, domain } = guest;
    if (isLate(vcpus)) return undetermined("the number of vCPUs is known only at apply");
    if (vcpus > NO_MACHINE) {
      return fail({
        at: "vcpu",
        message: `"${label}" has ${vcpus} vCPUs; no machine type allows more than ${NO_MACHINE}.`,
        fix: "set vcpu to what the guest needs",
      });
    }
    if (isLate(arch) || isLate(guest.machine)) {
      return undetermined("the guest's machine type is known only at apply");
    }
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);
    const machine = machineOf(guest);
    const limit = limitOf(guest, machine, host);
    if (limit === undefined) return isX86(arch) && vcpus <= X86_ALWAYS ? pass : needsFacts(host);
    if (limit === "not offered") return notApplicable;
    if (vcpus <= limit) return pass;
    const roomier = host.facts
      ?.machinesOf(arch!, domain.type)
      ?.find(({ maxCpus }) => maxCpus && vcpus <= maxCpus);
    const others = plan.hosts.filter((other) => {
      const there = limitOf(guest, guest.machine, other);
      return typeof there === "number" && vcpus <= there;
    });
    const ways = [
      `set vcpu to at most ${limit}`,
      ...(roomier ? [`set os.typeMachine to ${roomier.name}, which allows ${roomier.maxCpus}`] : []),
      ...(others.length > 0
        ? [`place "${label}" on ${anyOf(others.map((other) => other.label))}, which allows more`]
        : []),
    ];
    return fail({
      at: "vcpu",
      message: `"${label}" has ${vcpus} vCPUs, but machine ${guest.machine ?? machine} on "${host.label}" allows ${limit}.`,
      fix: ways.join(", or "),
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 256, os: { type_machine: "pc" } }),
    good: (plan) => plan.kvm({ vcpu: 255, os: { type_machine: "pc" } }),
  },
  alsoFails: ["VIRT-CAP-005", "VIRT-CPU-023"],
});

/** The limit of a machine on a host; undefined when it is not known. */
function limitOf(
  { arch, domain }: PlanGuest,
  machine: string | undefined,
  host: PlanHost,
): number | "not offered" | undefined {
  if (arch === undefined || machine === undefined) return undefined;
  if (!host.facts?.machinesOf(arch, domain.type)) {
    return isX86(arch) && !isQ35Machine(machine) ? X86_LIMIT : undefined;
  }
  const offer = host.facts.machine(arch, domain.type, machine);
  if (!offer) return "not offered";
  const ofHypervisor = host.facts.domainCapabilitiesFor(domain.type, arch, machine)?.maxVcpus;
  return Math.min(offer.maxCpus ?? Number.POSITIVE_INFINITY, ofHypervisor ?? Number.POSITIVE_INFINITY);
}
