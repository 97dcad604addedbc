import { iothreadPools } from "../../../lib/rules/cpu/iothread-pools";
import { RuleTester } from "../../../lib/testing";

const threads = (...io_threads: unknown[]) => ({ name: "a", io_thread_i_ds: { io_threads } });

RuleTester.run(iothreadPools, {
  fails: {
    "a minimum above the maximum": {
      plan: (t) => t.kvm(threads({ id: 1, pool_min: 8, pool_max: 4 })),
      message: 'ioThreadIDs.ioThreads[0] of "a" keeps 8 helpers (poolMin) and may have 4 (poolMax).',
      fix: "set poolMax to 8 or more, or lower poolMin",
      at: "ioThreadIDs.ioThreads[0].poolMin",
    },
    "a minimum alone": {
      plan: (t) => t.kvm(threads({ id: 1, pool_min: 0 })),
      message: "gives poolMin 0 without poolMax",
      fix: "set poolMax to 1 or more, or remove poolMin",
    },
    "a maximum of nothing": {
      plan: (t) => t.kvm(threads({ id: 1, pool_max: 0 })),
      at: "ioThreadIDs.ioThreads[0].poolMax",
    },
    "negative sizes": {
      plan: (t) => t.kvm(threads({ id: 1, pool_min: -1, pool_max: 2 }, { id: 2, pool_max: -1 })),
      count: 2,
    },
    "the default": {
      plan: (t) => t.tcg({ default_io_thread: { pool_min: 2, pool_max: 1 } }),
      at: "defaultIoThread.poolMin",
    },
    "an id that is given twice": {
      plan: (t) => t.kvm(threads({ id: 1 }, { id: 2 }, { id: 1 })),
      message:
        'I/O thread 1 of "a" is listed twice, in ioThreadIDs.ioThreads[0] and ioThreadIDs.ioThreads[2].',
      at: "ioThreadIDs.ioThreads[2].id",
    },
    "an id of 0, and none": {
      plan: (t) => t.kvm(threads({ id: 0 }, {})),
      message: /\[0\]\.id of "a" is 0; ids start at 1[\s\S]*\[1\]\.id of "a" is missing/,
      count: 2,
    },
  },
  passes: {
    "different ids and pools": (t) =>
      t.kvm({
        ...threads(
          { id: 1, pool_min: 4, pool_max: 4 },
          { id: 7, pool_min: 0, pool_max: 1 },
          { id: 3, pool_max: 8 },
        ),
        default_io_thread: { pool_max: 8 },
      }),
    "no pools": (t) =>
      t
        .kvm({ io_threads: 2 })
        .kvm(threads({ id: 1 }))
        .kvm(),
    "a Xen guest, where they are left out": (t) => t.xenHvm(threads({ id: 0 })),
  },
  undetermined: {
    "a size that is known only at apply": (t) =>
      t.kvm(threads({ id: 1, pool_min: 1, pool_max: "${var.max}" })),
    "an id that is known only at apply": (t) => t.kvm(threads({ id: "${var.id}" })),
    "threads that are known only at apply": (t) =>
      t.kvm({ io_thread_i_ds: { io_threads: "${var.threads}" } }),
  },
});
