import { clockAndTimers } from "../../../lib/rules/xen/clock-and-timers";
import { RuleTester } from "../../../lib/testing";

const timers = (...names: string[]) => ({ clock: { offset: "utc", timer: names.map((name) => ({ name })) } });

RuleTester.run(clockAndTimers, {
  fails: {
    "a clock in a time zone": {
      plan: (t) => t.xenHvm({ name: "a", clock: { offset: "timezone", time_zone: "Europe/Berlin" } }),
      severity: "error",
      message: '"a" has clock offset timezone, which Xen guests do not have.',
      fix: 'set clock.offset to "utc" or "localtime"',
      at: "clock.offset",
      places: ["a"],
    },
    "an absolute clock": {
      plan: (t) => t.xenPv({ clock: { offset: "absolute", start: 0 } }),
      message: "offset absolute",
    },
    "a timer of KVM": {
      plan: (t) => t.xenHvm({ name: "a", ...timers("tsc", "kvmclock") }),
      message: '"a" has a timer kvmclock, which Xen guests do not have.',
      fix: "remove clock.timer[1]",
      at: "clock.timer[1]",
    },
    "a timer that is said not to be present": (t) =>
      t.xenHvm({ clock: { timer: [{ name: "pit", present: "no" }] } }),
    "each of several": { plan: (t) => t.xenHvm(timers("rtc", "pit", "hypervclock", "platform")), count: 4 },
    "hpet on PV and PVH": {
      plan: (t) => t.xenPv({ name: "a", ...timers("hpet") }).xenPvh({ name: "b", ...timers("hpet") }),
      count: 2,
      message:
        /"a" has a timer hpet, which a PV guest does not have\.\n"b" has a timer hpet, which a PVH guest does not have\./,
    },
    "another timer on a late kind of guest": (t) =>
      t.xenHvm({ os: { type: "${var.type}" }, ...timers("pit") }),
  },
  passes: {
    "the offsets that there are": (t) =>
      t
        .xenHvm({ clock: { offset: "utc" } })
        .xenHvm({ clock: { offset: "localtime" } })
        .xenPv({ clock: { offset: "variable", adjustment: "0" } }),
    "tsc everywhere, hpet on HVM": (t) =>
      t.xenHvm(timers("tsc", "hpet")).xenPv(timers("tsc")).xenPvh(timers("tsc")),
    "no clock": (t) => t.xenPv(),
    "a KVM guest": (t) => t.kvm({ clock: { offset: "timezone", timer: [{ name: "pit" }] } }),
  },
  undetermined: {
    "a late offset": {
      plan: (t) => t.xenPv({ clock: { offset: "${var.offset}" } }),
      reason: "the clock's offset is known only at apply",
    },
    "a late timer": {
      plan: (t) => t.xenPv(timers("${var.timer}")),
      reason: "a timer is known only at apply",
    },
    "hpet on a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...timers("hpet") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
