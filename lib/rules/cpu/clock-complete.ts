import { isLate, type Planned } from "../../plan/late";
import type { DomainClock } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Clock = Literal<Planned<Pick<DomainClock, "offset" | "timeZone" | "start" | "adjustment">>>;

/** What a guest's clock shows at first is the host's time, and what is added to it. */
export const clockComplete = defineRule({
  code: "VIRT-CPU-101",
  slug: "clock-complete",
  severity: "error",
  stage: "define",
  title: "A clock must have what its offset asks for: a time zone, a start, or seconds",
  why: "Offset timezone needs the zone, absolute the moment at which the clock starts. With utc and localtime an adjustment is a number of seconds, or reset.",
  fix: "Set timeZone or start, or choose offset utc.",
  sources: [
    "libvirt domain_conf.c virDomainDefClockParse",
    "tried: libvirt 9.0.0 refuses offset timezone without timezone and absolute without start or with -1 (missing attribute for clock with offset), and adjustment soon with utc (unknown clock adjustment); with offset variable it takes every adjustment, and reads a word as 0",
  ],
  needs: ["guest"],
  on: having(guests, "clock"),
  check: (guest) => {
    const { clock } = guest.domain;
    const given = isLate(clock)
      ? clock
      : {
          offset: clock?.offset,
          timeZone: clock?.timeZone,
          start: clock?.start,
          adjustment: clock?.adjustment,
        };
    return outcomesOf(given as Planned<DomainClock>, "the clock of a guest is", (known) =>
      faultsOf(known, guest.label),
    );
  },
  examples: {
    bad: (plan) => plan.kvm({ clock: { offset: "timezone" } }),
    good: (plan) => plan.kvm({ clock: { offset: "timezone", time_zone: "Europe/Berlin" } }),
  },
});

function* faultsOf({ offset = "utc", timeZone, start, adjustment }: Clock, label: string): Iterable<Failure> {
  if (offset === "timezone" && !timeZone) {
    yield {
      at: "clock.timeZone",
      message: `The clock of "${label}" has offset timezone and no time zone.`,
      fix: "set clock.timeZone, such as Europe/Berlin",
    };
  } else if (offset === "absolute" && (start === undefined || start < 0)) {
    yield {
      at: "clock.start",
      message: `The clock of "${label}" has offset absolute and ${start === undefined ? "no start" : `starts at ${start}`}.`,
      fix: "set clock.start to seconds since 1970",
    };
  } else if (
    ["utc", "localtime"].includes(offset) &&
    adjustment &&
    !/^(?:reset|\s*[+-]?\d+)$/.test(adjustment)
  ) {
    yield {
      at: "clock.adjustment",
      message: `The clock of "${label}" has the adjustment "${adjustment}".`,
      fix: 'set clock.adjustment to seconds, or to "reset"',
    };
  }
}
