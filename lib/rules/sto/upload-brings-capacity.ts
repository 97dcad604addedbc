import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, pass, undetermined } from "../../rule";
import { volumes } from "./volumes";

/** From a gigabyte on any image is beyond what a format can hold when its bytes are taken for this unit. */
const LARGE_UNIT_KIB = 1e9 / 1024;

/** The provider asks the source for its size and puts it where the capacity was, but leaves the unit. */
export const uploadBringsCapacity = defineRule({
  code: "VIRT-STO-011",
  slug: "upload-brings-capacity",
  severity: "error",
  stage: "apply",
  title: "An uploaded volume takes its capacity from its source",
  why: "With create.content the provider replaces capacity by the number of bytes of the source and keeps capacity_unit: an upload of 2 GiB with unit GiB asks for two thousand million GiB, which no format can hold. With KiB or MiB a small qcow2 passes, and is as large as its source all the same. A capacity of its own has no effect where the source tells its size, so that the volume is smaller than the plan says.",
  fix: "Leave out capacity and capacity_unit; for a larger disk make an overlay on the uploaded volume.",
  sources: [
    "tried: provider 0.9.7, libvirt 9.0.0, qcow2 files of 3 MiB and 100 MiB with unit GiB: The image size is too large for file format 'qcow2'; of 192 KiB with GiB, and of 3 and 100 MiB with unit MiB: created, as large as the source, and the next plan is empty",
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
    const unitKiB = toKiB(1, capacityUnit) as number | undefined;
    return fail({
      severity: unitKiB !== undefined && unitKiB < LARGE_UNIT_KIB ? "warning" : "error",
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
