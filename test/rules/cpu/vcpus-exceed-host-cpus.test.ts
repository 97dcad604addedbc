import { XEN_EXAMPLE } from "../../../lib/plan/example-facts";
import { vcpusExceedHostCpus } from "../../../lib/rules/cpu/vcpus-exceed-host-cpus";
import { RuleTester } from "../../../lib/testing";

const threads = (count: number) => ({ facts: { cpu: { features: [], threads: count } } });
const xen = (count: number) => ({ facts: { xen: { ...XEN_EXAMPLE.xen!, threads: count } } });

RuleTester.run(vcpusExceedHostCpus, {
  fails: {
    "more vCPUs than CPUs": {
      plan: (t) => t.kvmHost("kvm1", threads(2)).kvm({ name: "a", vcpu: 4 }),
      message: '"a" has 4 vCPUs, more than "kvm1" has logical CPUs (2).',
      fix: /^set vcpu to at most 2$/,
      at: "vcpu",
      severity: "warning",
    },
    "where another host has enough": {
      plan: (t) =>
        t
          .kvmHost("kvm1", threads(2))
          .kvmHost("kvm2", threads(4))
          .kvmHost("kvm3", threads(3))
          .kvm({ name: "a", vcpu: 4 }),
      fix: 'or place "a" on kvm2',
    },
    "a Xen guest": { plan: (t) => t.xenHost("xen1", xen(2)).xenHvm({ vcpu: 3 }), message: "(2)" },
    "a host that names its CPUs": (t) =>
      t.kvmHost("kvm1", { facts: { cpu: { features: [], ids: [0, 1] } } }).kvm({ vcpu: 3 }),
  },
  passes: {
    "as many": (t) => t.kvmHost("kvm1", threads(4)).kvm({ vcpu: 4 }).kvm({ vcpu: 4 }),
    "one vCPU": (t) => t.kvmHost("kvm1", { facts: null }).kvm({ vcpu: 1 }),
  },
  undetermined: {
    "a number that is known only at apply": (t) => t.kvm({ vcpu: "${var.vcpus}" }),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm({ vcpu: 2 }),
    "a Xen host whose CPUs are not counted": (t) => t.xenHost("xen1").xenHvm({ vcpu: 2 }),
  },
});
