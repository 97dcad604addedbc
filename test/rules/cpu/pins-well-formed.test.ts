import fc from "fast-check";
import { setFault } from "../../../lib/rules/cpu/cpu-set";
import { pinsWellFormed } from "../../../lib/rules/cpu/pins-well-formed";
import { RuleTester } from "../../../lib/testing";

const tune = (cpu_tune: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  vcpu: 4,
  cpu_tune,
  ...more,
});
const pin = (cpu_set: unknown) => tune({ vcpu_pin: [{ vcpu: 0, cpu_set }] });
const sched = (...vcpus: string[]) =>
  tune({ vcpu_sched: vcpus.map((each) => ({ vcpus: each, scheduler: "fifo", priority: 1 })) });

RuleTester.run(pinsWellFormed, {
  fails: {
    "a vCPU that is pinned twice": {
      plan: (t) =>
        t.kvm(
          tune({
            vcpu_pin: [
              { vcpu: 1, cpu_set: "0" },
              { vcpu: 2, cpu_set: "0" },
              { vcpu: 1, cpu_set: "3" },
            ],
          }),
        ),
      message: 'vCPU 1 of "a" is pinned twice, by cpuTune.vcpuPin[0] and by cpuTune.vcpuPin[2].',
      fix: "keep one of the pins",
      at: "cpuTune.vcpuPin[2]",
    },
    "a set that is not one": {
      plan: (t) => t.kvm(pin("a-b")),
      message: 'cpuTune.vcpuPin[0].cpuSet of "a" is "a-b", which has "a-b", which is no number and no range.',
      at: "cpuTune.vcpuPin[0].cpuSet",
    },
    "a set that is missing": { plan: (t) => t.kvm(pin(undefined)), message: 'cpuSet of "a" is missing' },
    "a set that takes out what it names": { plan: (t) => t.kvm(pin("0,^0")), message: "is empty" },
    "the emulator's": {
      plan: (t) => t.kvm(tune({ emulator_pin: { cpu_set: "3-1" } })),
      message: "has a range that ends before it starts",
      at: "cpuTune.emulatorPin.cpuSet",
    },
    "that of all vCPUs": { plan: (t) => t.kvm({ vcpu_cpuset: "all" }), at: "vcpuCpuset" },
    "an I/O thread that is not there": {
      plan: (t) => t.kvm(tune({ io_thread_pin: [{ io_thread: 2, cpu_set: "0" }] }, { io_threads: 1 })),
      message: "pins I/O thread 2, but the guest has 1 alone",
      fix: "pin one of 1, or raise ioThreads",
      at: "cpuTune.ioThreadPin[0].ioThread",
    },
    "an I/O thread where there are none": {
      plan: (t) => t.kvm(tune({ io_thread_pin: [{ io_thread: 1, cpu_set: "0" }] })),
      message: "has none",
      fix: "set ioThreads to 1 or more",
    },
    "an I/O thread that is pinned twice": {
      plan: (t) =>
        t.kvm(
          tune(
            {
              io_thread_pin: [
                { io_thread: 1, cpu_set: "0" },
                { io_thread: 1, cpu_set: "1" },
              ],
            },
            { io_threads: 1 },
          ),
        ),
      message: 'I/O thread 1 of "a" is pinned twice, by cpuTune.ioThreadPin[0]',
    },
    "two schedulers of one vCPU": {
      plan: (t) => t.kvm(sched("0-1", "1-2")),
      message: 'cpuTune.vcpuSched[1].vcpus of "a" gives vCPU 1 a second scheduler.',
    },
    "a scheduler of a vCPU that is not there": {
      plan: (t) => t.kvm(sched("2-5")),
      message: "gives vCPU 4-5 a scheduler, but the guest has 0-3 alone",
      fix: "choose from 0-3",
    },
    "a scheduler of an I/O thread that is not there": {
      plan: (t) => t.kvm(tune({ io_thread_sched: [{ io_threads: "3", scheduler: "rr", priority: 1 }] })),
      message: "gives I/O thread 3 a scheduler, but the guest has none",
    },
    "a scheduler of a set that is not one": {
      plan: (t) => t.kvm(sched("x")),
      at: "cpuTune.vcpuSched[0].vcpus",
    },
    "a Xen guest": (t) => t.xenPv(pin("x")),
  },
  passes: {
    "a pin for each": (t) =>
      t.kvm(
        tune(
          {
            vcpu_pin: [
              { vcpu: 0, cpu_set: "0-3,^2" },
              { vcpu: 1, cpu_set: " 0 - 1 , 4," },
            ],
            emulator_pin: { cpu_set: "0" },
            io_thread_pin: [{ io_thread: 1, cpu_set: "0" }],
            vcpu_sched: [{ vcpus: "0-1", scheduler: "fifo", priority: 1 }],
            io_thread_sched: [{ io_threads: "1", scheduler: "fifo", priority: 1 }],
          },
          { io_threads: 1 },
        ),
      ),
    "a pin of a vCPU that may come": (t) => t.kvm(tune({ vcpu_pin: [{ vcpu: 9, cpu_set: "0" }] })),
    "an I/O thread that is listed": (t) =>
      t.kvm(
        tune(
          { io_thread_pin: [{ io_thread: 7, cpu_set: "0" }] },
          { io_thread_i_ds: { io_threads: [{ id: 7 }] } },
        ),
      ),
    none: (t) => t.kvm().kvm(tune({})).kvm({ vcpu_cpuset: "" }),
  },
  undetermined: {
    "a set that is known only at apply": (t) => t.kvm(pin("${var.set}")),
    "pins that are known only at apply": (t) => t.kvm(tune({ vcpu_pin: "${var.pins}" })),
    "a number of I/O threads that is known only at apply": (t) =>
      t.kvm(tune({ io_thread_pin: [{ io_thread: 2, cpu_set: "0" }] }, { io_threads: "${var.threads}" })),
    "schedulers of a number of vCPUs that is known only at apply": (t) =>
      t.kvm({ ...sched("0"), vcpu: "${var.vcpus}" }),
  },
});

describe("setFault", () => {
  // As libvirt 9.0.0 answered when it defined a guest with each.
  it.each(["0", "01", "0-3", "0-3,^1", "^0,0-3", "0-3,^9", "0-1,", "0-1, ", " 0 , 1 ", "0 - 1", "16383"])(
    "accepts %j",
    (set) => expect(setFault(set)).toBeUndefined(),
  );
  it.each([
    "a-b",
    "3-1",
    "^0",
    "0,^0",
    "0,,1",
    ",0",
    "0 1",
    "0-",
    "-1",
    "0-1-2",
    "0-3,^0-1",
    "16384",
    "20000",
    "all",
  ])("refuses %j", (set) => expect(setFault(set)).toBeDefined());
  it("accepts every list of numbers and ranges", () => {
    const number = fc.integer({ min: 0, max: 16_383 });
    const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(number.map(String), range), { minLength: 1, maxLength: 5 }), (parts) => {
        expect(setFault(parts.join(","))).toBeUndefined();
      }),
    );
  });
});
