import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** The least video memory of each model that libxl knows, in KiB. */
const LEAST_KIB: Readonly<Record<string, number>> = {
  vga: 16 * 1024,
  xen: 16 * 1024,
  cirrus: 8 * 1024,
  qxl: 128 * 1024,
};

/** Only the first video device counts; libvirt's Xen driver looks at no other. */
export const videoModel = defineRule({
  code: "VIRT-XEN-032",
  slug: "video-model",
  severity: "error",
  stage: "start",
  title: "A Xen HVM guest's video card is vga, cirrus or qxl, with enough video memory",
  why: "libxl has no other cards, and a least size of video memory for each: 16 MiB for vga, 8 MiB for cirrus, 128 MiB for qxl. The guest does not start otherwise. The video memory is taken out of the guest's own.",
  fix: "Set the model to vga and leave its memory out, or remove graphics and video.",
  sources: [
    "libvirt libxl_conf.c libxlMakeVideo; xl.cfg(5) videoram",
    "tried: libvirt 9.0.0, Xen 4.17, start: video type virtio, bochs and none is not supported by libxl; vga with 8 MiB: videoram must be at least 16MB for VGA; model xen becomes vga",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.videos"),
  check: (guest): Outcome => {
    const model = guest.domain.devices?.videos?.[0]?.model;
    if (model?.type === undefined) return notApplicable;
    const { type, vram } = model;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return notApplicable;
    if (isLate(type)) return undetermined("the model of the video card is known only at apply");
    const least = LEAST_KIB[type];
    const refuse = (attribute: string, what: string, fix: string) =>
      hvm === undefined
        ? lateKind
        : fail({
            at: `devices.videos[0].model.${attribute}`,
            message: `HVM guest "${guest.label}" has a video card of model ${type}${what}.`,
            fix,
          });
    if (least === undefined) {
      return refuse(
        "type",
        ", which Xen does not have: it has vga, cirrus and qxl",
        'set the model to "vga"',
      );
    }
    // Other device models have other limits, and vram may be left out or 0: the driver then takes its own.
    if (vram === undefined || vram === 0 || guest.domain.devices?.emulator !== undefined) return pass;
    if (isLate(vram)) return undetermined("the memory of the video card is known only at apply");
    if ((vram as number) >= least) return pass;
    return refuse(
      "vram",
      ` with ${vram} KiB of memory; Xen needs ${least} KiB for it`,
      `remove vram, or set it to ${least} (KiB)`,
    );
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { videos: [{ model: { type: "virtio" } }] } }),
    good: (plan) => plan.xenHvm({ devices: { videos: [{ model: { type: "vga" } }] } }),
  },
});
