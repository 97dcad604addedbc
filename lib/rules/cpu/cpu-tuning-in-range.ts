import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, pass, undetermined } from "../../rule";

interface Range {
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  /** Whether below 0 means without limit. */
  readonly negative?: boolean;
}

const PERIOD: Range = { least: 1000, most: 1_000_000, unit: " us" };
const QUOTA: Range = { least: 1000, most: 17_592_186_044_415, unit: " us", negative: true };

/** The attributes of cpuTune that libvirt compares with a range. */
const RANGES = {
  // 1 is refused by libvirt 9.0 and taken by 11.3 where the host has cgroups v2.
  shares: { least: 1, most: 262_144, unit: "" },
  period: PERIOD,
  globalPeriod: PERIOD,
  emulatorPeriod: PERIOD,
  ioThreadPeriod: PERIOD,
  quota: QUOTA,
  globalQuota: QUOTA,
  emulatorQuota: QUOTA,
  ioThreadQuota: QUOTA,
} as const satisfies Record<string, Range>;

/** CPU time is dealt out by the kernel's scheduler, which takes only so small and so large a slice. */
export const cpuTuningInRange = defineRule({
  code: "VIRT-CPU-014",
  slug: "cpu-tuning-in-range",
  severity: "error",
  stage: "define",
  title: "CPU shares, periods and quotas must be in the range that the kernel takes",
  why: "In each period a guest may use the CPU for its quota; shares weigh guests against each other. libvirt refuses what is outside the kernel's ranges: 1000 to 1000000 microseconds for a period, at least 1000 microseconds for a quota, which may be negative for no limit.",
  fix: "Use a period from 1000 to 1000000 microseconds, a quota from 1000 on or -1, and shares up to 262144.",
  sources: [
    "libvirt domain_validate.c virDomainDefCputuneValidate, vircgroup.h",
    "tried: libvirt 9.0.0, define of period 999 and 1000001, quota 999 and 17592186044416, shares 262145, each kind of period and quota: must be in range; the limits themselves, 0 and quota -1 are accepted, negative periods and shares are not",
  ],
  needs: ["guest"],
  on: having(guests, "cpuTune"),
  *check(guest) {
    const tune = guest.domain.cpuTune;
    if (tune === undefined) return yield notApplicable;
    for (const [name, range] of Object.entries(RANGES) as [keyof typeof RANGES, Range][]) {
      const value = tune[name];
      if (isLate(value)) yield undetermined(`cpuTune.${name} is known only at apply`);
      // The provider leaves out a 0.
      else if (!value || (range.negative && value < 0)) yield pass;
      else if (value >= range.least && value <= range.most) yield pass;
      else {
        yield fail({
          at: `cpuTune.${name}`,
          message: `cpuTune.${name} of "${guest.label}" is ${value}${range.unit}, outside ${range.least} to ${range.most}${range.unit}.`,
          fix: `set it from ${range.least} to ${range.most}${range.negative ? ", or to -1 for no limit" : ""}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu_tune: { period: 500, quota: 250 } }),
    good: (plan) => plan.kvm({ cpu_tune: { period: 100000, quota: 50000 } }),
  },
});
