import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, pass } from "../../rule";
import { volumes } from "./volumes";

/** An empty image has no size but the one that it is given. */
export const volumeNeedsCapacity = defineRule({
  code: "VIRT-STO-002",
  slug: "volume-needs-capacity",
  severity: "error",
  stage: "apply",
  title: "A volume that is not uploaded needs a capacity",
  why: "Only an upload brings a size along. The provider refuses every other volume without capacity, also an overlay, whose base libvirt itself would go by; libvirt refuses a negative capacity and units that it does not know.",
  fix: "Set capacity and capacity_unit; for an overlay at least the capacity of its base.",
  sources: [
    "provider 0.9.7 volume_resource.go: Volume capacity is required when not uploading from a URL",
    "tried: libvirt 9.0.0 refuses a volume without capacity (missing capacity element), a capacity of -1 (malformed capacity element) and the unit Gigs (unknown suffix)",
  ],
  needs: ["guest"],
  on: volumes,
  *check(volume) {
    const { capacity, capacityUnit, create } = volume.config;
    if (create !== undefined) return;
    if (capacity === undefined) {
      // A construct leaves out a size that it cannot use, and says so itself.
      if (volume.raw.propIssues?.length) return;
      yield fail({
        at: "capacity",
        message: `Volume "${volume.label}" has no capacity and is not uploaded.`,
        fix:
          volume.config.backingStore === undefined
            ? 'set capacity and capacityUnit, such as 20 and "GiB"'
            : "set capacity to that of the base or more: the provider asks for it on overlays as well",
      });
    } else if (!isLate(capacity) && (capacity as number) < 0) {
      yield fail({
        at: "capacity",
        message: `Capacity ${capacity} of volume "${volume.label}" is negative.`,
        fix: "set a capacity of 0 or more",
      });
    } else if (!isLate(capacityUnit) && toKiB(1, capacityUnit, "bytes") === undefined) {
      yield fail({
        at: "capacityUnit",
        message: `Capacity unit "${capacityUnit}" of volume "${volume.label}" is none that libvirt knows.`,
        fix: "use bytes, KiB, MiB, GiB or TiB",
      });
    } else yield pass;
  },
  examples: {
    bad: (plan) => plan.volume("root", { capacity: null }),
    good: (plan) => plan.volume("root", { capacity: 20, capacity_unit: "GiB" }),
  },
});
