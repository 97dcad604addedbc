import { schedulerPriority } from "../../../lib/rules/cpu/scheduler-priority";
import { RuleTester } from "../../../lib/testing";

const tune = (cpu_tune: unknown) => ({ name: "web", cpu_tune });

RuleTester.run(schedulerPriority, {
  fails: {
    "vCPUs in real time": {
      plan: (t) =>
        t.kvm(
          tune({
            vcpu_sched: [
              { vcpus: "0", scheduler: "idle" },
              { vcpus: "1", scheduler: "rr" },
            ],
          }),
        ),
      message: 'cpuTune.vcpuSched[1] of "web" is of scheduler rr and has no priority.',
      at: "cpuTune.vcpuSched[1].priority",
    },
    "the emulator": (t) => t.kvm(tune({ emulator_sched: { scheduler: "fifo" } })),
    "I/O threads": (t) => t.kvm(tune({ io_thread_sched: [{ io_threads: "1", scheduler: "fifo" }] })),
  },
  passes: {
    "a priority": (t) => t.kvm(tune({ emulator_sched: { scheduler: "fifo", priority: 0 } })),
    "no real time": (t) => t.kvm(tune({ emulator_sched: { scheduler: "batch" } })),
  },
  undetermined: {
    "a late scheduler": (t) => t.kvm(tune({ emulator_sched: { scheduler: "${var.scheduler}" } })),
  },
});
