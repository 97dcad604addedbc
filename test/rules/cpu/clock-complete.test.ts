import { clockComplete } from "../../../lib/rules/cpu/clock-complete";
import { RuleTester } from "../../../lib/testing";

const clock = (given: unknown) => ({ name: "web", clock: given });

RuleTester.run(clockComplete, {
  fails: {
    "no time zone": {
      plan: (t) => t.kvm(clock({ offset: "timezone", time_zone: "" })),
      message: 'The clock of "web" has offset timezone and no time zone.',
      at: "clock.timeZone",
    },
    "no start": { plan: (t) => t.kvm(clock({ offset: "absolute" })), message: "no start", at: "clock.start" },
    "a start before 1970": {
      plan: (t) => t.kvm(clock({ offset: "absolute", start: -1 })),
      message: "starts at -1",
    },
    "a word to add": {
      plan: (t) => t.xenHvm(clock({ adjustment: "soon" })),
      message: 'has the adjustment "soon"',
      at: "clock.adjustment",
    },
  },
  passes: {
    "whole clocks": (t) =>
      t
        .kvm(clock({ offset: "timezone", time_zone: "Europe/Berlin" }))
        .kvm(clock({ offset: "absolute", start: 0 }))
        .kvm(clock({ offset: "localtime", adjustment: "-3600" }))
        .kvm(clock({ offset: "utc", adjustment: "reset" }))
        .kvm(clock({ offset: "variable", adjustment: "soon" })),
    "timers alone": (t) => t.kvm(clock({ timer: [] })),
  },
  undetermined: {
    "a late offset": {
      plan: (t) => t.kvm(clock({ offset: "${var.offset}" })),
      reason: "the clock of a guest is known only at apply",
    },
    "a late clock": (t) => t.kvm(clock("${var.clock}")),
  },
});
