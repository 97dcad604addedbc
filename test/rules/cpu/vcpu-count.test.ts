import { vcpuCount } from "../../../lib/rules/cpu/vcpu-count";
import { RuleTester } from "../../../lib/testing";

const vcpus = (vcpu: unknown, vcpu_current?: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  vcpu,
  ...(vcpu_current === undefined ? {} : { vcpu_current }),
  ...more,
});

RuleTester.run(vcpuCount, {
  fails: {
    "no vCPU": {
      plan: (t) => t.kvm(vcpus(0)),
      message: '"a" has 0 vCPUs.',
      fix: "set vcpu to 1 or more",
      at: "vcpu",
      severity: "error",
    },
    "an emulated guest": (t) => t.tcg(vcpus(0)),
    "a negative number": { plan: (t) => t.kvm(vcpus(-1)), message: "has -1 vCPUs" },
    "a current number without a maximum": {
      plan: (t) => t.kvm(vcpus(null, 2)),
      message: '"a" gives vcpuCurrent without vcpu, for which the provider then writes 0.',
      fix: "set vcpu to 2 or more",
      at: "vcpu",
    },
    "placement without a number": {
      plan: (t) => t.kvm(vcpus(null, undefined, { vcpu_placement: "static" })),
      message: "gives vcpuPlacement without vcpu",
      fix: "set vcpu to 1 or more",
    },
    "a CPU set without a number": {
      plan: (t) => t.kvm(vcpus(null, undefined, { vcpu_cpuset: "0-3" })),
      message: "gives vcpuCpuset without vcpu",
    },
    "one more than the maximum": {
      plan: (t) => t.kvm(vcpus(4, 5)),
      message: '"a" should start with 5 vCPUs (vcpuCurrent), but can have 4 at most (vcpu).',
      fix: "set vcpu to at least 5, or vcpuCurrent to at most 4",
      at: "vcpuCurrent",
      severity: "error",
    },
    "a Xen guest": (t) => t.xenPv(vcpus(1, 2)),
    "a Xen guest without a maximum": {
      plan: (t) => t.xenPv(vcpus(null, 2)),
      fix: "vcpuCurrent to at most 1",
    },
  },
  passes: {
    "one vCPU": (t) => t.kvm(vcpus(1)).xenPv(vcpus(1)),
    "as many as the maximum, and fewer": (t) => t.kvm(vcpus(4, 4)).kvm(vcpus(4, 1)),
    "a current number of 0, which the provider leaves out": (t) => t.kvm(vcpus(4, 0)).kvm(vcpus(null, 0)),
    "nothing given, which is one": (t) => t.kvm(vcpus(null)),
    "a Xen guest with none, which was not tried": (t) => t.xenPv(vcpus(0)),
    "placement beside a number": (t) => t.kvm(vcpus(2, undefined, { vcpu_placement: "static" })),
  },
  undetermined: {
    "a number that is known only at apply": {
      plan: (t) => t.kvm(vcpus("${var.n}")),
      reason: "the number of vCPUs is known only at apply",
    },
    "a current number that is known only at apply": (t) => t.kvm(vcpus(2, "${var.n}")),
  },
});
