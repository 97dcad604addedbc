import { dedicatedCpusNotShared } from "../../../lib/rules/cap/dedicated-cpus-not-shared";
import { RuleTester } from "../../../lib/testing";

const pin = (...sets: string[]) => ({ vcpu_pin: sets.map((cpu_set, vcpu) => ({ vcpu, cpu_set })) });

RuleTester.run(dedicatedCpusNotShared, {
  fails: {
    "two guests pinned to the same CPUs": {
      plan: (t) => t.kvm({ name: "a", cpu_tune: pin("4", "5") }).kvm({ name: "b", cpu_tune: pin("5", "4") }),
      message: 'CPUs 4-5 of "kvm1" are pinned by "a" and "b", and a vCPU of them has no other.',
      fix: "pin each guest to CPUs of its own",
      places: ["a", "b"],
    },
    "the emulator of another guest": (t) =>
      t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: { emulator_pin: { cpu_set: "0-4" } } }),
    "an I/O thread of another guest": (t) =>
      t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: { io_thread_pin: [{ io_thread: 1, cpu_set: "4" }] } }),
    "a set of another guest": (t) => t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: pin("0-7") }),
    "instances of one guest": {
      plan: (t) => t.kvm({ name: "a", count: 3, cpu_tune: pin("4") }),
      message: 'CPU 4 of "kvm1" is pinned by 3 instances of "a"',
    },
    "Xen guests": (t) => t.xenPv({ cpu_tune: pin("4") }).xenPv({ cpu_tune: pin("4") }),
  },
  passes: {
    "CPUs of their own": (t) => t.kvm({ cpu_tune: pin("4", "5") }).kvm({ cpu_tune: pin("6", "7") }),
    "sets of several CPUs that are shared": (t) =>
      t.kvm({ cpu_tune: pin("0-7") }).kvm({ cpu_tune: pin("0-7") }),
    "a guest that shares with itself": (t) =>
      t.kvm({ cpu_tune: { ...pin("4", "4"), emulator_pin: { cpu_set: "4" } } }),
    "guests of two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ host: "h1", cpu_tune: pin("4") })
        .kvm({ host: "h2", cpu_tune: pin("4") }),
    "a guest that is switched off": (t) =>
      t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: pin("4"), running: false }),
    "a malformed set: that is another rule's": (t) =>
      t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: pin("4x") }),
    "guests without pins": (t) => t.kvm().kvm(),
  },
  undetermined: {
    "a late set": (t) => t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: pin("${var.cpus}") }),
    "a guest that may run": (t) =>
      t.kvm({ cpu_tune: pin("4") }).kvm({ cpu_tune: pin("4"), running: "${var.on}" }),
  },
});
