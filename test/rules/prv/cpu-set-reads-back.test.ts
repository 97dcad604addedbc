import { cpuSetReadsBack } from "../../../lib/rules/prv/cpu-set-reads-back";
import { RuleTester } from "../../../lib/testing";

const pins = (...sets: string[]) => ({
  vcpu: 4,
  cpu_tune: { vcpu_pin: sets.map((cpu_set, vcpu) => ({ vcpu, cpu_set })) },
});

RuleTester.run(cpuSetReadsBack, {
  fails: {
    "neighbours that are not a range": {
      plan: (t) => t.kvm({ name: "web", ...pins("0", "2,3") }),
      message:
        'cpuTune.vcpuPin[1].cpuSet of "web" is "2,3" and comes back as "2-3": the apply ends in an error.',
      fix: 'write "2-3"',
      at: "cpuTune.vcpuPin[1].cpuSet",
    },
    "a set with one taken out": { plan: (t) => t.kvm(pins("0-3,^2")), fix: 'write "0-1,3"' },
    "numbers that descend": {
      plan: (t) => t.kvm({ cpu_tune: { emulator_pin: { cpu_set: "8,1" } } }),
      fix: '"1,8"',
    },
    "a range of one": {
      plan: (t) => t.kvm({ numa_tune: { memory: { nodeset: "0-0" } } }),
      at: "numaTune.memory.nodeset",
    },
    "nodes of a cell": (t) =>
      t.kvm({ numa_tune: { mem_nodes: [{ cell_id: 0, mode: "strict", nodeset: "1,0" }] } }),
    "the vCPUs of a cell": {
      plan: (t) => t.kvm({ cpu: { numa: { cell: [{ id: 0, cpus: "0,1", memory: 1 }] } } }),
      at: "cpu.numa.cell[0].cpus",
    },
    spaces: { plan: (t) => t.kvm(pins("0-1, 4")), fix: 'write "0-1,4"' },
    "pins in another order": {
      plan: (t) =>
        t.kvm({
          vcpu: 2,
          cpu_tune: {
            vcpu_pin: [
              { vcpu: 1, cpu_set: "0" },
              { vcpu: 0, cpu_set: "0" },
            ],
          },
        }),
      message: "comes back before that of vCPU 1",
      fix: "order the pins by vCPU",
      at: "cpuTune.vcpuPin[1].vcpu",
    },
    "a pin of a vCPU that is not there": {
      plan: (t) => t.kvm({ vcpu: 2, cpu_tune: { vcpu_pin: [{ vcpu: 2, cpu_set: "0" }] } }),
      message: "comes back as nothing: the guest has vCPUs 0-1",
    },
    "a scheduler of several vCPUs": {
      plan: (t) => t.kvm({ vcpu: 2, cpu_tune: { vcpu_sched: [{ vcpus: "0-1", scheduler: "batch" }] } }),
      fix: "write a vcpuSched for each of 0-1",
    },
  },
  passes: {
    "sets as libvirt writes them": (t) => t.kvm(pins("0", "1-3,8", "5,7")),
    "a set of all vCPUs, which the provider keeps": (t) => t.kvm({ vcpu_cpuset: "1,0" }),
    "a set that libvirt refuses": (t) => t.kvm(pins("3-1")),
  },
  undetermined: {
    "a late set": (t) => t.kvm(pins("${var.cpus}")),
    "a late vCPU": (t) => t.kvm({ cpu_tune: { vcpu_pin: [{ vcpu: "${var.vcpu}", cpu_set: "0" }] } }),
  },
});
