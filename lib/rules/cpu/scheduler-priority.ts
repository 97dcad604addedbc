import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, type Outcome, pass, undetermined } from "../../rule";
import { partsAt } from "../parts";

const SCHEDULERS = ["vcpuSched", "ioThreadSched", "emulatorSched"].map((kind) => `cpuTune.${kind}`);

/** Schedulers of the kernel in which a thread runs until one of higher priority wants to. */
const REAL_TIME = ["fifo", "rr"];

/** Real time is a matter of who comes first. */
export const schedulerPriority = defineRule({
  code: "VIRT-CPU-104",
  slug: "scheduler-priority",
  severity: "error",
  stage: "define",
  title: "The schedulers fifo and rr need a priority",
  why: "Threads of the real-time schedulers run by priority, from 1 to 99. batch and idle have none.",
  fix: "Set priority from 1 to 99, or use scheduler batch.",
  sources: [
    "libvirt domain_conf.c virDomainSchedulerParseCommonAttrs",
    "tried: libvirt 9.0.0 refuses fifo and rr without priority, for vCPUs, I/O threads and the emulator: Missing required attribute 'priority' in element 'vcpusched'",
    "Linux: sched(7)",
  ],
  needs: ["guest"],
  on: having(guests, ...SCHEDULERS),
  *check(guest): Iterable<Outcome> {
    for (const [place, part] of SCHEDULERS.flatMap((path) => partsAt(guest.domain, path))) {
      const { scheduler, priority } = part as { readonly scheduler?: string; readonly priority?: number };
      if (isLate(scheduler) || isLate(priority)) yield undetermined("a scheduler is known only at apply");
      else if (!REAL_TIME.includes(scheduler ?? "") || priority !== undefined) yield pass;
      else {
        yield fail({
          at: `${place}.priority`,
          message: `${place} of "${guest.label}" is of scheduler ${scheduler} and has no priority.`,
          fix: 'set priority from 1 to 99, or use scheduler "batch"',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu_tune: { emulator_sched: { scheduler: "fifo" } } }),
    good: (plan) => plan.kvm({ cpu_tune: { emulator_sched: { scheduler: "fifo", priority: 1 } } }),
  },
});
