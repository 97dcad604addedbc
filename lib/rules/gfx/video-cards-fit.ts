import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** They can be beside another card, and have several heads. */
const SECONDARY = ["qxl", "virtio"];

/** One card is there when the machine starts; others come once the guest has drivers for them. */
export const videoCardsFit = defineRule({
  code: "VIRT-GFX-008",
  slug: "video-cards-fit",
  severity: "error",
  stage: "define",
  title: "One video card is the primary, and only qxl and virtio can be beside it or have several heads",
  why: "The primary card, by default the first, is what firmware draws on. Only cards of model qxl and virtio exist without that role, and with more than one head. Model none stands for no card at all, so it stands alone.",
  fix: "Keep one card, or use virtio or qxl for the others.",
  sources: [
    "libvirt domain_validate.c virDomainDefVideoValidate, virDomainVideoDefValidate; qemu_validate.c qemuValidateDomainDeviceDefVideo",
    "tried: libvirt 9.0.0, define of vga with vga, cirrus, bochs, ramfb and vmvga, of virtio with vga, of two without a model on x86: is only valid as primary video device; of primary=yes twice: Only one primary video device is supported; of none with another, or twice: must be the only video device; of 2 heads for vga, cirrus, bochs and ramfb: doesn't support multiple 'heads'; vga or virtio with qxl or virtio, virtio before a primary vga, and virtio or qxl with 2 heads start; 17 heads of virtio are refused at start: invalid max_outputs > 16",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    const videos = guest.domain.devices?.videos ?? [];
    if (videos.length === 0) return yield notApplicable;
    const { label } = guest;
    const primaries = videos.flatMap(({ model }, index) => (model?.primary === "yes" ? [index] : []));
    if (primaries.length > 1) {
      yield fail({
        at: `devices.videos[${primaries[1]}].model.primary`,
        message: `"${label}" has ${primaries.length} primary video cards: ${primaries.map((index) => `devices.videos[${index}]`).join(", ")}.`,
        fix: "keep primary on one of them",
      });
    }
    if (videos.some(({ model }) => isLate(model?.primary) || isLate(model?.type))) {
      yield undetermined("the video cards of a guest are known only at apply");
      return;
    }
    // Where none is marked the first is the primary.
    const primary = primaries[0] ?? 0;
    for (const index of videos.keys()) yield* checkCard(guest, index, primary);
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          videos: [
            { model: { type: "virtio", heads: 1, primary: "yes" } },
            { model: { type: "vga", heads: 1, vram: 16384 } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          videos: [
            { model: { type: "vga", heads: 1, primary: "yes", vram: 16384 } },
            { model: { type: "virtio", heads: 1 } },
          ],
        },
      }),
  },
});

function* checkCard({ arch, domain, label }: PlanGuest, index: number, primary: number): Iterable<Outcome> {
  const videos = domain.devices!.videos!;
  const { type, heads } = videos[index]!.model ?? {};
  const at = `devices.videos[${index}].model`;
  if (type === undefined) {
    // A model that is not given is libvirt's choice, which on a PC is one that is primary.
    if (index === primary || !["x86_64", "i686"].includes(arch ?? "")) return;
    yield fail({
      at: `${at}.type`,
      message: `Video card ${index} of "${label}" has no model, and the one that libvirt takes can only be the primary card; that is devices.videos[${primary}].`,
      fix: 'set model.type to "virtio" or "qxl"',
    });
    return;
  }
  if (type === "none" && videos.length > 1) {
    yield fail({
      at: `${at}.type`,
      message: `"${label}" has ${videos.length} video cards, one of which is none: that stands for no card.`,
      fix: 'remove the card "none", or all others',
    });
  } else if (index !== primary && type !== "none" && !SECONDARY.includes(type)) {
    yield fail({
      at: `${at}.type`,
      message: `Video card ${index} of "${label}" is of model ${type}, which can only be the primary card; that is devices.videos[${primary}].`,
      fix: 'use model "virtio" or "qxl", or make it the primary',
    });
  }
  if (isLate(heads)) yield undetermined("the heads of a video card are known only at apply");
  else if (heads !== undefined && heads > 1 && type !== "none" && !SECONDARY.includes(type)) {
    yield fail({
      at: `${at}.heads`,
      message: `Video card ${index} of "${label}" is of model ${type} with ${heads} heads; only virtio and qxl have more than one.`,
      fix: 'set heads to 1, or the model to "virtio"',
    });
  } else if (type === "virtio" && heads !== undefined && heads > 16) {
    yield fail({
      at: `${at}.heads`,
      message: `Video card ${index} of "${label}" has ${heads} heads; virtio has 16 at most.`,
      fix: "set heads to 16 or fewer",
    });
  } else yield pass;
}
