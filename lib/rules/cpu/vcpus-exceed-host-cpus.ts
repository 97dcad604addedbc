import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, needsFacts, pass, undetermined } from "../../rule";

/** A guest whose vCPUs cannot all run at once waits for itself: one holds a lock while the next has its CPU. */
export const vcpusExceedHostCpus = defineRule({
  code: "VIRT-CPU-023",
  slug: "vcpus-exceed-host-cpus",
  severity: "warning",
  stage: "advice",
  title: "A guest should not have more vCPUs than its host has CPUs",
  why: "Guests may share the CPUs of a host: together they can have more vCPUs than there are. One guest with more vCPUs than CPUs only gains threads that wait for each other.",
  fix: "Give the guest no more vCPUs than the host has logical CPUs, or place it on a larger host.",
  sources: [
    "Red Hat Enterprise Linux 6, Virtualization Administration Guide: Overcommitting virtualized CPUs",
    "tried: libvirt 9.0.0, start of a guest with more vCPUs than the host has CPUs: it runs",
  ],
  needs: ["guest", "host facts"],
  on: guests,
  check: (guest, plan) => {
    const { vcpus, host, label } = guest;
    if (isLate(vcpus)) return undetermined("the number of vCPUs is known only at apply");
    if (vcpus <= 1) return pass;
    const cpus = cpusOf(host);
    if (cpus === undefined) return needsFacts(host);
    if (vcpus <= cpus) return pass;
    const others = plan.hosts.filter(
      (other) => other.hypervisor === host.hypervisor && (cpusOf(other) ?? 0) >= vcpus,
    );
    return fail({
      at: "vcpu",
      message: `"${label}" has ${vcpus} vCPUs, more than "${host.label}" has logical CPUs (${cpus}).`,
      fix: `set vcpu to at most ${cpus}${others.length > 0 ? `, or place "${label}" on ${others.map((other) => other.label).join(" or ")}` : ""}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", { facts: { cpu: { features: ["vmx"], threads: 2 } } }).kvm({ vcpu: 4 }),
    good: (plan) =>
      plan.kvmHost("kvm1", { facts: { cpu: { features: ["vmx"], threads: 4 } } }).kvm({ vcpu: 4 }),
  },
});

/** Logical CPUs of the machine; on Xen those that the hypervisor counts, as dom0 may see fewer. */
function cpusOf({ facts, hypervisor }: PlanHost): number | undefined {
  const { cpu, xen } = facts?.data ?? {};
  return hypervisor === "xen" ? xen?.threads : (cpu?.threads ?? cpu?.ids?.length);
}
