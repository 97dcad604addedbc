import { isLate } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, pass, undetermined } from "../../rule";
import { baseVolumeOf } from "./bases";
import { volumes } from "./volumes";

/** What lies beyond the end of an overlay is cut off from the guest. */
export const overlayCoversBase = defineRule({
  code: "VIRT-STO-004",
  slug: "overlay-covers-base",
  severity: "warning",
  stage: "runtime",
  title: "An overlay should be as large as its base",
  why: "The guest sees a disk of the overlay's size. Where that is less than the base's, the end of the base's file systems and its second partition table are missing.",
  fix: "Raise the overlay's capacity to that of the base or more.",
  sources: [
    "tried: libvirt 9.0.0 and qemu-img 7.2 create an overlay of 1 MiB on a base of 10 MiB without a word",
  ],
  needs: ["plan"],
  on: volumes,
  check: (volume, plan) => {
    const base = baseVolumeOf(plan, volume);
    if (base === undefined) return notApplicable;
    const own = toKiB(volume.config.capacity, volume.config.capacityUnit, "bytes");
    const needed = toKiB(base.config.capacity, base.config.capacityUnit, "bytes");
    // An upload is as large as it is, whatever capacity says.
    if (own === undefined || needed === undefined || base.config.create !== undefined) return notApplicable;
    if (isLate(own) || isLate(needed)) return undetermined("the capacity of a volume is known only at apply");
    if ((own as number) >= (needed as number)) return pass;
    return fail({
      at: "capacity",
      places: [volume, base],
      message: `Overlay "${volume.label}" of ${formatKiB(own as number)} is smaller than its base "${base.label}" of ${formatKiB(needed as number)}.`,
      fix: `raise its capacity to ${formatKiB(needed as number)} or more`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.volume("golden", { capacity: 10, capacity_unit: "GiB" }).volume("root", {
        capacity: 8,
        capacity_unit: "GiB",
        backing_store: { path: "${libvirt_volume.golden.path}", format: { type: "qcow2" } },
      }),
    good: (plan) =>
      plan.volume("golden", { capacity: 10, capacity_unit: "GiB" }).volume("root", {
        capacity: 20,
        capacity_unit: "GiB",
        backing_store: { path: "${libvirt_volume.golden.path}", format: { type: "qcow2" } },
      }),
  },
});
