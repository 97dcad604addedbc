import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainClockTimer } from "../../provider/domain";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf } from "../hyp/offers";

type Timer = Planned<DomainClockTimer>;

const TIMERS = ["rtc", "pit", "hpet", "tsc", "kvmclock", "hypervclock", "armvtimer"];
/** They exist on x86 alone. */
const X86_TIMERS = ["tsc", "kvmclock", "hypervclock"];

/** What each setting may be for which timer; a timer that is not named does not have the setting. */
const SETTINGS: Readonly<Record<"tickPolicy" | "track", Readonly<Record<string, readonly string[]>>>> = {
  tickPolicy: {
    armvtimer: ["discard"],
    rtc: ["delay", "catchup"],
    pit: ["delay", "catchup", "discard"],
    // libvirt lets these pass, whatever it is.
    hpet: ["delay", "catchup", "merge", "discard"],
    tsc: ["delay", "catchup", "merge", "discard"],
  },
  track: { rtc: ["guest", "realtime", "wall"] },
};

/** A machine has some clocks and not others, and each can be told some things. */
export const timerSettings = defineRule({
  code: "VIRT-CPU-022",
  slug: "timer-settings",
  severity: "error",
  stage: "define",
  title: "A timer must exist on the guest's architecture, and be told only what it understands",
  why: "QEMU has the timers rtc, pit, hpet and tsc, kvmclock and hypervclock on x86, and armvtimer on KVM guests of ARM. What a timer does with ticks that were missed (tickPolicy), what it follows (track), a frequency and a mode are settings of some of them. libvirt refuses the others.",
  fix: "Remove the timer or the setting, or use one that the timer has.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefClockTimers; domain_postparse.c virDomainDefPostParseTimer",
    "tried: libvirt 9.0.0, define on x86_64 of timer platform: unsupported timer type; armvtimer, present or not: not supported for virtType=qemu arch=x86_64; rtc with merge and discard, pit with merge: unsupported tickpolicy; kvmclock with any: doesn't support setting of timer tickpolicy; rtc with track boot; realtime is taken; hpet with track, rtc with frequency, rtc with mode: doesn't support setting of; catchup limits with another policy than catchup or none: only supported with tickpolicy='catchup'",
    "not tried: timers of x86 on other architectures",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "clock.timer"),
  *check(guest): Iterable<Outcome> {
    const timers = guest.domain.clock?.timer ?? [];
    if (timers.length === 0) return yield notApplicable;
    for (const [index, timer] of timers.entries()) {
      const at = `clock.timer[${index}]`;
      if (isLate(timer.name)) yield undetermined("a timer is known only at apply");
      else {
        yield checkName(guest, timer, at);
        yield* checkSettings(guest, timer, at);
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ clock: { offset: "utc", timer: [{ name: "rtc", tick_policy: "merge" }] } }),
    good: (plan) => plan.kvm({ clock: { offset: "utc", timer: [{ name: "rtc", tick_policy: "catchup" }] } }),
  },
});

function checkName(guest: PlanGuest, { name, present }: Timer, at: string): Outcome {
  const { arch, host, label } = guest;
  if (!TIMERS.includes(name)) {
    return fail({
      at: `${at}.name`,
      message: `QEMU has no timer ${name ? `"${name}"` : "without a name"}, which "${label}" asks for.`,
      fix: `use ${anyOf(TIMERS)}`,
    });
  }
  const x86Only = X86_TIMERS.includes(name);
  // A timer that is to be absent may be absent, but for armvtimer, which libvirt then wants to switch off.
  if (!x86Only && name !== "armvtimer") return pass;
  if (x86Only && present !== "yes" && !isLate(present)) return pass;
  if (arch === undefined) return needsFacts(host);
  if (isLate(arch) || isLate(present))
    return undetermined("a timer or the architecture is known only at apply");
  const x86 = isX86(arch);
  if (x86Only ? x86 : guest.mode === "kvm" && /^(aarch64|armv)/.test(arch)) return pass;
  return fail({
    at: `${at}.name`,
    message: `Timer ${name} of "${label}" exists only on ${x86Only ? "x86" : "KVM guests of ARM"}; the guest is ${guest.mode === "kvm" ? "a KVM guest" : "emulated"} of ${arch}.`,
    fix: "remove the timer",
  });
}

function* checkSettings({ label }: PlanGuest, timer: Timer, at: string): Iterable<Outcome> {
  const { name, tickPolicy, catchUp } = timer;
  for (const setting of ["tickPolicy", "track"] as const) {
    const value = timer[setting];
    if (value === undefined) continue;
    const allowed = SETTINGS[setting][name] ?? [];
    if (allowed.length > 0 && isLate(value)) yield undetermined("a timer is known only at apply");
    else if (!allowed.includes(value)) {
      yield fail({
        at: `${at}.${setting}`,
        message:
          allowed.length === 0
            ? `Timer ${name} of "${label}" has no ${setting}.`
            : `${setting} of timer ${name} of "${label}" is "${value}"; it can be ${anyOf(allowed)}.`,
        fix: allowed.length === 0 ? `remove ${setting}` : `use ${anyOf(allowed)}, or remove ${setting}`,
      });
    } else yield pass;
  }
  for (const setting of ["frequency", "mode"] as const) {
    if (timer[setting] === undefined || name === "tsc") continue;
    yield fail({
      at: `${at}.${setting}`,
      message: `Timer ${name} of "${label}" has no ${setting}; only tsc has one.`,
      fix: `remove ${setting}`,
    });
  }
  const limits = Object.values(catchUp ?? {}).some((limit) => !isLate(limit) && (limit as number) > 0);
  if (limits && tickPolicy !== "catchup" && !isLate(tickPolicy)) {
    yield fail({
      at: `${at}.catchUp`,
      message: `Timer ${name} of "${label}" has limits for catching up (catchUp) and ${tickPolicy ? `tickPolicy "${tickPolicy}"` : "no tickPolicy"}.`,
      fix: 'set tickPolicy to "catchup", or remove catchUp',
    });
  }
}
