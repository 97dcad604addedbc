import { cpuTuningInRange } from "../../../lib/rules/cpu/cpu-tuning-in-range";
import { RuleTester } from "../../../lib/testing";

const tune = (cpu_tune: unknown) => ({ name: "a", cpu_tune });
const PERIODS = ["period", "global_period", "emulator_period", "io_thread_period"];
const QUOTAS = ["quota", "global_quota", "emulator_quota", "io_thread_quota"];
const all = (names: string[], value: number) => tune(Object.fromEntries(names.map((name) => [name, value])));

RuleTester.run(cpuTuningInRange, {
  fails: {
    "a period that is too short": {
      plan: (t) => t.kvm(tune({ period: 999 })),
      message: 'cpuTune.period of "a" is 999 us, outside 1000 to 1000000 us.',
      fix: /^set it from 1000 to 1000000$/,
      at: "cpuTune.period",
      severity: "error",
    },
    "every kind of period, too short": { plan: (t) => t.kvm(all(PERIODS, 999)), count: 4 },
    "every kind of period, too long": { plan: (t) => t.kvm(all(PERIODS, 1000001)), count: 4 },
    "a negative period": { plan: (t) => t.kvm(tune({ global_period: -1 })), at: "cpuTune.globalPeriod" },
    "a quota that is too small": {
      plan: (t) => t.kvm(tune({ emulator_quota: 999 })),
      message: "is 999 us, outside 1000 to 17592186044415 us",
      fix: /^set it from 1000 to 17592186044415, or to -1 for no limit$/,
      at: "cpuTune.emulatorQuota",
    },
    "every kind of quota, too small": { plan: (t) => t.kvm(all(QUOTAS, 1)), count: 4 },
    "every kind of quota, too large": { plan: (t) => t.kvm(all(QUOTAS, 17592186044416)), count: 4 },
    "too many shares": {
      plan: (t) => t.kvm(tune({ shares: 262145 })),
      message: 'cpuTune.shares of "a" is 262145, outside 1 to 262144.',
      at: "cpuTune.shares",
    },
    "negative shares": { plan: (t) => t.kvm(tune({ shares: -1 })), at: "cpuTune.shares" },
    "a Xen guest": (t) => t.xenPv(tune({ shares: 262145 })),
    "one of them late": (t) => t.kvm(tune({ period: 1, quota: "${var.quota}" })),
  },
  passes: {
    "the limits": (t) =>
      t
        .kvm(all(PERIODS, 1000))
        .kvm(all(PERIODS, 1000000))
        .kvm(all(QUOTAS, 1000))
        .kvm(all(QUOTAS, 17592186044415))
        .kvm(tune({ shares: 1 }))
        .kvm(tune({ shares: 262144 })),
    "0, which the provider leaves out": (t) => t.kvm(all([...PERIODS, ...QUOTAS, "shares"], 0)),
    "quotas without limit": (t) => t.kvm(all(QUOTAS, -1)),
    "no tuning": (t) => t.kvm().kvm(tune({})),
  },
  undetermined: {
    "a period that is known only at apply": {
      plan: (t) => t.kvm(tune({ period: "${var.period}" })),
      reason: "cpuTune.period is known only at apply",
    },
    "tuning that is known only at apply": (t) => t.kvm(tune("${var.tune}")),
  },
});
