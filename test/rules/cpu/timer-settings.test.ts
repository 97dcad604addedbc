import { timerSettings } from "../../../lib/rules/cpu/timer-settings";
import { RuleTester } from "../../../lib/testing";

const timers = (...timer: unknown[]) => ({ name: "a", clock: { offset: "utc", timer } });
const arm = { os: { type_arch: "aarch64", type_machine: "virt" } };

RuleTester.run(timerSettings, {
  fails: {
    "a policy that rtc does not have": {
      plan: (t) => t.kvm(timers({ name: "pit" }, { name: "rtc", tick_policy: "merge" })),
      message: 'tickPolicy of timer rtc of "a" is "merge"; it can be delay or catchup.',
      fix: "use delay or catchup, or remove tickPolicy",
      at: "clock.timer[1].tickPolicy",
    },
    "discard for rtc, merge for pit": {
      plan: (t) =>
        t.tcg(timers({ name: "rtc", tick_policy: "discard" }, { name: "pit", tick_policy: "merge" })),
      count: 2,
    },
    "a policy for a timer without one": {
      plan: (t) => t.kvm(timers({ name: "kvmclock", tick_policy: "delay" })),
      message: 'Timer kvmclock of "a" has no tickPolicy.',
      fix: "remove tickPolicy",
    },
    "a track for another timer": {
      plan: (t) => t.kvm(timers({ name: "hpet", track: "guest" })),
      message: "has no track",
    },
    "a track that rtc does not have": {
      plan: (t) => t.kvm(timers({ name: "rtc", track: "boot" })),
      message: "it can be guest, realtime or wall",
    },
    "frequency and mode of rtc": {
      plan: (t) => t.kvm(timers({ name: "rtc", frequency: 3000, mode: "native" })),
      message: /has no frequency; only tsc has one[\s\S]*has no mode/,
      count: 2,
    },
    "limits without the policy": {
      plan: (t) => t.kvm(timers({ name: "rtc", catch_up: { threshold: 123 } })),
      message: "has limits for catching up (catchUp) and no tickPolicy",
      at: "clock.timer[0].catchUp",
    },
    "limits with another policy": {
      plan: (t) => t.kvm(timers({ name: "rtc", tick_policy: "delay", catch_up: { slew: 120 } })),
      message: 'tickPolicy "delay"',
    },
    "timers that do not exist": {
      plan: (t) => t.kvm(timers({ name: "platform" }, { name: "bogus" })),
      message: /no timer "platform"[\s\S]*no timer "bogus"/,
      count: 2,
    },
    "ARM's timer on x86, even if it is to be absent": {
      plan: (t) => t.kvm(timers({ name: "armvtimer", present: "no" })),
      message: "exists only on KVM guests of ARM; the guest is a KVM guest of x86_64",
    },
    "ARM's timer in an emulated guest": {
      plan: (t) => t.tcg({ ...timers({ name: "armvtimer" }), ...arm }),
      message: "the guest is emulated of aarch64",
    },
    "x86's clock on ARM": {
      plan: (t) => t.kvm({ ...timers({ name: "kvmclock", present: "yes" }), ...arm }),
      message: 'Timer kvmclock of "a" exists only on x86',
    },
  },
  passes: {
    "realtime of rtc": (t) =>
      t.kvm({ clock: { offset: "utc", timer: [{ name: "rtc", track: "realtime" }] } }),
    "what each timer has": (t) =>
      t.kvm(
        timers(
          {
            name: "rtc",
            tick_policy: "catchup",
            track: "guest",
            catch_up: { threshold: 123, slew: 120, limit: 1000 },
          },
          { name: "pit", tick_policy: "discard" },
          { name: "hpet", present: "no" },
          { name: "hypervclock", present: "yes" },
          { name: "kvmclock", present: "yes" },
          { name: "tsc", frequency: 3000000000, mode: "native" },
        ),
      ),
    "x86's clock, absent on ARM": (t) => t.kvm({ ...timers({ name: "kvmclock", present: "no" }), ...arm }),
    "ARM's timer on ARM": (t) => t.kvm({ ...timers({ name: "armvtimer", tick_policy: undefined }), ...arm }),
    "limits of nothing": (t) => t.kvm(timers({ name: "rtc", catch_up: {} })),
    "no timers": (t) => t.kvm().kvm({ clock: { offset: "utc" } }),
    "a Xen guest": (t) => t.xenHvm(timers({ name: "rtc", tick_policy: "merge" })),
  },
  undetermined: {
    "a policy that is known only at apply": (t) =>
      t.kvm(timers({ name: "rtc", tick_policy: "${var.policy}" })),
    "a name that is known only at apply": (t) => t.kvm(timers({ name: "${var.name}" })),
    "timers that are known only at apply": (t) => t.kvm({ clock: { timer: "${var.timers}" } }),
    "an architecture that is known only at apply": (t) =>
      t.kvm({ ...timers({ name: "kvmclock", present: "yes" }), os: { type_arch: "${var.arch}" } }),
  },
});
