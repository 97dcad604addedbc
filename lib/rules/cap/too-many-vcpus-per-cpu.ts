import { isLate } from "../../plan/late";
import { defineRule, fail, hosts, needsFacts, notApplicable, pass, undetermined } from "../../rule";

/** What Red Hat calls the most that a core can bear. */
export const MOST_PER_CPU = 10;
/** And what it calls safe as long as guests are not busy. */
const SAFE_PER_CPU = 5;

/** Time on a CPU can be promised many times over, and is missing when guests are busy together. */
export const tooManyVcpusPerCpu = defineRule({
  code: "VIRT-CAP-005",
  slug: "too-many-vcpus-per-cpu",
  severity: "warning",
  stage: "advice",
  title: "The guests of a host should not have more than ten vCPUs for each of its CPUs",
  why: "vCPUs share the host's CPUs in turns. Five for each CPU go well as long as the guests are not busy; at more than ten, Red Hat says, none of them runs well. Each logical CPU of the host counts, so that hyper-threads count as cores: the rule errs on the lenient side.",
  fix: "Give guests fewer vCPUs or move some to another host.",
  sources: [
    "RHEL 6 Virtualization Host Configuration Guide, chapter 4: at most 10 vCPUs for each physical core",
    "RHEL 10, Optimizing virtual machine CPU performance: up to 5:1 is normally safe below full load",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  check: (host, plan) => {
    const guests = plan.guestsOn(host).filter((guest) => guest.mayRun !== false);
    if (guests.length === 0) return notApplicable;
    const cpus = host.facts?.data.xen?.threads ?? host.facts?.data.cpu?.threads;
    if (cpus === undefined || cpus === 0) return needsFacts(host);
    let vcpus = 0;
    let late = 0;
    for (const guest of guests) {
      if (guest.mayRun === undefined || isLate(guest.vcpus) || isLate(guest.multiplicity)) late++;
      else vcpus += (guest.vcpus as number) * (guest.multiplicity as number);
    }
    if (vcpus <= MOST_PER_CPU * cpus) {
      return late > 0 ? undetermined(`the vCPUs of ${late} guests are known only at apply`) : pass;
    }
    return fail({
      places: guests,
      at: "vcpu",
      message: `Guests of "${host.label}" have ${vcpus} vCPUs on ${cpus} CPUs: ${Math.round((vcpus / cpus) * 10) / 10} for each, and ${MOST_PER_CPU} are the most that it bears.`,
      fix: `leave no more than ${MOST_PER_CPU * cpus} vCPUs on ${host.label}, and ${SAFE_PER_CPU * cpus} if the guests are busy`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ vcpu: 100 }).kvm({ vcpu: 100 }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ vcpu: 80 }).kvm({ vcpu: 80 }),
  },
  alsoFails: ["VIRT-CPU-023"],
});
