import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, undetermined } from "../../rule";
import { baseVolumeOf } from "./bases";
import { volumeFormat } from "./volume-format";
import { volumes } from "./volumes";

/** Extensions of image formats that are never raw. */
const EXTENSION = /\.(qcow2|qcow|qed|vmdk|vdi)$/i;

/** The overlay's header says how to read the base; libvirt writes raw there where nothing is stated. */
export const backingFormatStated = defineRule({
  code: "VIRT-STO-010",
  slug: "backing-format-stated",
  severity: "error",
  stage: "silent",
  title: "An overlay must state the format of its base",
  why: "Where backing_store states no format, libvirt writes raw into the overlay's header, whatever the base is. The guest then sees the qcow2 file as its disk and finds nothing to boot. A format that the base does not have is refused, or read as what it is not.",
  fix: "Set backing_store.format.type to the format of the base.",
  sources: [
    "libvirt storage_conf.c virStorageVolDefParseXML: the pool's default format",
    'tried: libvirt 9.0.0 creates an overlay on a qcow2 base without format with "backing file format: raw" (qemu-img info); vmdk on a qcow2 base is refused',
  ],
  needs: ["plan"],
  on: volumes,
  check: (volume, plan) => {
    const backing = volume.config.backingStore;
    if (backing?.path === undefined) return notApplicable;
    const stated = backing.format?.type;
    if (isLate(stated)) return undetermined("the format of a base is known only at apply");
    const base = baseVolumeOf(plan, volume);
    const format = base && volumeFormat(base);
    if (base && isLate(base.config.target?.format?.type)) {
      return undetermined("the format of a base is known only at apply");
    }
    if (base && format !== undefined) {
      if (format === (stated ?? "raw")) return pass;
      return fail({
        at: `backingStore.format${stated === undefined ? "" : ".type"}`,
        places: [volume, base],
        message: `Volume "${volume.label}" ${
          stated === undefined
            ? "states no format of its base, which is read as raw"
            : `reads its base as ${stated}`
        }, but "${base.label}" is ${format}.`,
        fix: `set backingStore.format.type to "${format}"`,
      });
    }
    const extension = isLate(backing.path) ? undefined : EXTENSION.exec(backing.path)?.[1]?.toLowerCase();
    if (stated !== undefined || (extension === undefined && base === undefined)) return pass;
    return fail({
      severity: "warning",
      at: "backingStore.format",
      message: `Volume "${volume.label}" states no format of its base ${base ? `"${base.label}"` : backing.path}, which is read as raw whatever it is.`,
      fix: `set backingStore.format.type, to "${extension ?? "qcow2"}" if that is what the base is`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.volume("golden").volume("root", { backing_store: { path: "${libvirt_volume.golden.path}" } }),
    good: (plan) =>
      plan.volume("golden").volume("root", {
        backing_store: { path: "${libvirt_volume.golden.path}", format: { type: "qcow2" } },
      }),
  },
});
