import type { PlanGuest } from "../../plan/guest";
import { isLate, type Late } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, notApplicable, type Outcome, pass, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** What libvirt's Xen driver gives a card whose memory is not stated, in KiB. */
const DEFAULT_KIB: Readonly<Record<string, number>> = {
  vga: 16 * 1024,
  xen: 16 * 1024,
  cirrus: 8 * 1024,
  qxl: 128 * 1024,
};

/** The least that any card has: nobody needs to hear of it. */
const USUAL_KIB = 16 * 1024;

/** KVM adds video memory to the guest's; Xen takes it away. */
export const videoMemoryFits = defineRule({
  code: "VIRT-XEN-050",
  slug: "video-memory-fits",
  severity: "error",
  stage: "start",
  title: "A Xen HVM guest's memory holds its video memory and its system",
  why: "Xen takes the video memory out of the guest's own. A guest of 512 MiB with a qxl card, which has at least 128 MiB, runs with 384 MiB; one of 128 MiB does not start. What is left below the minimum of the operating system is a warning.",
  fix: "Give the guest more memory, or take a card with less: vga has 16 MiB, cirrus 8 MiB.",
  sources: [
    "xl.cfg(5), videoram",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with qxl: of 512 MiB the device model gets -m 384; with 128 MiB start fails, segment padding too large (0x100 > 0x0 - 0x0 pages): Out of memory",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    const { memoryKiB } = guest;
    const video = videoMemory(guest);
    if (video === undefined || memoryKiB === undefined) return notApplicable;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return notApplicable;
    if (isLate(video) || isLate(memoryKiB)) {
      return undetermined("the guest's memory or video card is known only at apply");
    }
    const [all, taken] = [memoryKiB as number, video as number];
    const left = all - taken;
    const minimum = (guest.os?.minimumOn(guest.arch ?? "").memoryMiB ?? 0) * 1024;
    const tooSmall = left <= 0 || (taken > USUAL_KIB && left < minimum && all >= minimum);
    if (!tooSmall) return pass;
    if (hvm === undefined) return lateKind;
    const sum = `${formatKiB(all)} - ${formatKiB(taken)} of video memory = ${formatKiB(left)}`;
    return fail({
      severity: left <= 0 ? "error" : "warning",
      at: "memory",
      message:
        left <= 0
          ? `HVM guest "${guest.label}" has no memory left beside its video card's: ${sum}.`
          : `HVM guest "${guest.label}" is left with less than the ${formatKiB(minimum)} that ${guest.os!.name} needs: ${sum}.`,
      fix: `set memory to at least ${formatKiB(Math.max(minimum, 64 * 1024) + taken)}, or take a video card with less memory (vga: ${formatKiB(USUAL_KIB)})`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({ memory: 128, memory_unit: "MiB", devices: qxl, intent: { os: "alpine-3.21" } }),
    good: (plan) =>
      plan.xenHvm({ memory: 512, memory_unit: "MiB", devices: qxl, intent: { os: "alpine-3.21" } }),
  },
});

const qxl = { videos: [{ model: { type: "qxl", vram: 131072 } }] };

/** Of the first card, as libvirt's Xen driver looks at no other. */
function videoMemory({ domain }: PlanGuest): number | Late | undefined {
  const model = domain.devices?.videos?.[0]?.model;
  if (model?.type === undefined) return undefined;
  const { type, vram } = model;
  if (isLate(vram)) return vram;
  if (vram) return vram;
  return isLate(type) ? type : DEFAULT_KIB[type];
}
