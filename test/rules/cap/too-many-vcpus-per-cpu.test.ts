import { tooManyVcpusPerCpu } from "../../../lib/rules/cap/too-many-vcpus-per-cpu";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(tooManyVcpusPerCpu, {
  fails: {
    "one vCPU too many": {
      plan: (t) => t.kvmHost("kvm1").kvm({ vcpu: 100 }).kvm({ vcpu: 61 }),
      message:
        'Guests of "kvm1" have 161 vCPUs on 16 CPUs: 10.1 for each, and 10 are the most that it bears.',
      fix: "leave no more than 160 vCPUs on kvm1, and 80 if the guests are busy",
      places: ["guest1", "guest2"],
      at: "vcpu",
    },
    "instances count": (t) => t.kvm({ vcpu: 17, count: 10 }),
    "a late guest beside": (t) => t.kvm({ vcpu: 161 }).kvm({ vcpu: "${var.n}" }),
    "Xen's own count of CPUs": (t) =>
      t.xenHost("x", { facts: { xen: { capabilities: [], virtCaps: [], threads: 2 } } }).xenPv({ vcpu: 21 }),
  },
  passes: {
    "ten for each CPU": (t) => t.kvm({ vcpu: 160 }),
    "guests that are switched off": (t) => t.kvm({ vcpu: 100 }).kvm({ vcpu: 100, running: false }),
    "a host without guests": (t) => t.kvmHost("kvm1", { facts: null }),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).kvm(),
    "vCPUs that are known only at apply": {
      plan: (t) => t.kvm({ vcpu: "${var.n}" }),
      reason: "the vCPUs of 1 guests",
    },
    "a guest of which only apply knows whether it runs": (t) => t.kvm({ vcpu: 200, running: "${var.on}" }),
    "a number of instances that is known only at apply": (t) => t.kvm({ vcpu: 10, count: "${var.n}" }),
  },
});
