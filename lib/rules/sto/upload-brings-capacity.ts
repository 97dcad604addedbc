import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, pass, undetermined } from "../../rule";
import { volumes } from "./volumes";

/** The provider asks the source for its size and puts it where the capacity was, but leaves the unit. */
export const uploadBringsCapacity = defineRule({
  code: "VIRT-STO-011",
  slug: "upload-brings-capacity",
  severity: "error",
  stage: "apply",
  title: "An uploaded volume takes its capacity from its source",
  why: "With create.content the provider replaces capacity by the number of bytes of the source and keeps capacity_unit: an upload of 2 GiB with unit GiB asks for two thousand million GiB. A capacity of its own has no effect where the source tells its size, so that the volume is smaller than the plan says.",
  fix: "Leave out capacity and capacity_unit; for a larger disk make an overlay on the uploaded volume.",
  sources: [
    "provider 0.9.7 volume_resource.go Create: uploadCapacity wins over capacity, StorageVolumeToXML keeps capacity_unit",
  ],
  needs: ["guest"],
  on: volumes,
  check: (volume) => {
    const { capacity, capacityUnit, create } = volume.config;
    if (create === undefined || (capacity === undefined && capacityUnit === undefined)) return notApplicable;
    if (isLate(capacityUnit)) return undetermined("the unit of a capacity is known only at apply");
    const isBytes = capacityUnit === undefined || toKiB(1024, capacityUnit) === 1;
    if (isBytes && capacity === undefined) return pass;
    return fail({
      severity: isBytes ? "warning" : "error",
      at: isBytes ? "capacity" : "capacityUnit",
      message: isBytes
        ? `Capacity ${isLate(capacity) ? "" : `${capacity} `}of volume "${volume.label}" has no effect: the upload is as large as its source.`
        : `Volume "${volume.label}" is uploaded: its size in bytes would be taken for ${capacityUnit}.`,
      fix: `leave out ${isBytes ? "capacity" : "capacityUnit"}; for a larger disk make an overlay (backingStore) with a capacity of its own`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.volume("root", {
        capacity: 20,
        capacity_unit: "GiB",
        create: { content: { url: "https://example.org/debian-12.qcow2" } },
      }),
    good: (plan) =>
      plan.volume("root", {
        capacity: null,
        create: { content: { url: "https://example.org/debian-12.qcow2" } },
      }),
  },
});
