import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, undetermined } from "../../rule";
import { volumes } from "./volumes";

const WITH_BACKING = ["qcow2", "qcow", "qed", "vmdk"];

/** A raw image is nothing but the bytes of the disk: there is no place for the name of a base. */
export const overlayNeedsFormat = defineRule({
  code: "VIRT-STO-003",
  slug: "overlay-needs-format",
  severity: "error",
  stage: "apply",
  title: "A volume on a base needs a format that can have one",
  why: "An overlay names its base in its header. Raw volumes, which is what libvirt makes where no format is stated, have none, and libvirt refuses to create them on a base.",
  fix: "Set target.format.type to qcow2.",
  sources: [
    "libvirt storage_util.c storageBackendCreateRaw, virStorageBackendCreateQemuImgSetBacking",
    "tried: libvirt 9.0.0 refuses a backing store on a volume without format (backing storage not supported for raw volumes) and on one of format iso; qcow2 is created",
  ],
  needs: ["guest"],
  on: volumes,
  check: (volume) => {
    const { backingStore, target } = volume.config;
    if (backingStore?.path === undefined) return notApplicable;
    const format = target?.format?.type;
    if (isLate(format)) return undetermined("the format of a volume is known only at apply");
    if (format !== undefined && WITH_BACKING.includes(format)) return pass;
    return fail({
      at: "target.format.type",
      message: `Volume "${volume.label}" has a base but ${
        format === undefined ? "no format, which makes it raw" : `format ${format}`
      }; such a volume cannot have one.`,
      fix: 'set target.format.type to "qcow2"',
    });
  },
  examples: {
    bad: (plan) =>
      plan.volume("root", {
        target: null,
        backing_store: { path: "/srv/base.img", format: { type: "raw" } },
      }),
    good: (plan) =>
      plan.volume("root", {
        target: { format: { type: "qcow2" } },
        backing_store: { path: "/srv/base.img", format: { type: "raw" } },
      }),
  },
});
