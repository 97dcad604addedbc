import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** Xen has a clock of its own; most of what libvirt can say of clocks is about QEMU's. */
export const clockAndTimers = defineRule({
  code: "VIRT-XEN-034",
  slug: "clock-and-timers",
  severity: "error",
  stage: "start",
  title: "A Xen guest's clock is utc, localtime or variable, its timers tsc and for HVM hpet",
  why: "libvirt refuses to start a Xen guest with clock offset timezone or absolute, and with any timer but tsc, even one that is said not to be present. hpet exists for HVM guests only.",
  fix: "Remove the timers that Xen does not have, and set the clock's offset to utc or localtime.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: libvirt 9.0.0, Xen 4.17, HVM with timers pit and kvmclock: start refused, unsupported timer type (name); with tsc and hpet it starts",
  ],
  needs: ["guest"],
  on: having(xenGuests, "clock"),
  *check(guest): Generator<Outcome> {
    const { offset, timer = [] } = guest.domain.clock ?? {};
    if (isLate(offset)) yield undetermined("the clock's offset is known only at apply");
    else if (offset === "timezone" || offset === "absolute") {
      yield fail({
        at: "clock.offset",
        message: `"${guest.label}" has clock offset ${offset}, which Xen guests do not have.`,
        fix: 'set clock.offset to "utc" or "localtime"',
      });
    }
    for (const [index, { name }] of timer.entries()) {
      if (isLate(name)) {
        yield undetermined("a timer is known only at apply");
        continue;
      }
      const hvm = name === "hpet" ? isKind(guest, "xen-hvm") : false;
      if (name === "tsc" || hvm) continue;
      if (hvm === undefined) yield lateKind;
      else {
        yield fail({
          at: `clock.timer[${index}]`,
          message: `"${guest.label}" has a timer ${name}, which ${name === "hpet" ? `a ${kindName(guest)} does not have` : "Xen guests do not have"}.`,
          fix: `remove clock.timer[${index}]`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ clock: { offset: "utc", timer: [{ name: "kvmclock", present: "yes" }] } }),
    good: (plan) => plan.xenHvm({ clock: { offset: "utc", timer: [{ name: "tsc", mode: "native" }] } }),
  },
});
