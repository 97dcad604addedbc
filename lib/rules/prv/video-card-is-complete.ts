import { isLate, type Planned } from "../../plan/late";
import { QEMU_VIDEO_MEMORY } from "../../plan/video-memory";
import type { DomainDevicesVideos } from "../../provider/domain";
import { defineRule, having, pass, qemuGuests, undetermined } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

type Model = NonNullable<Planned<DomainDevicesVideos>["model"]>;

/** Models whose memory was seen to come back. */
const TRIED = ["vga", "cirrus", "bochs", "qxl"];

/** libvirt completes a video card as soon as the guest is defined. */
export const videoCardIsComplete = defineRule({
  code: "VIRT-PRV-041",
  slug: "video-card-is-complete",
  severity: "error",
  stage: "apply",
  title: "A video card must state what libvirt would fill in",
  why: WHY,
  fix: 'Write heads: 1, primary: "yes" for the first card, and the memory of vga, cirrus, bochs and qxl; for none nothing beside the type.',
  sources: [
    `${MEASURED}: cards of model virtio, vga, cirrus, bochs and qxl come back with heads 1, the first with primary "yes" (also where it says "no"), vga, cirrus and bochs with vram 16384, qxl with ram 65536, vram 65536 and vgamem 16384, of guests that run and that are off; virtio with heads and primary, a second one with heads alone, vga and qxl in whole are clean; none comes back without heads and primary`,
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.videos[].model"),
  *check(guest) {
    for (const [index, { model }] of (guest.domain.devices?.videos ?? []).entries()) {
      if (model?.type === undefined) continue;
      const at = `devices.videos[${index}].model`;
      if (isLate(model) || isLate(model.type) || isLate(model.primary)) {
        yield undetermined("the model of a video card is known only at apply");
      } else if (model.type === "none") {
        yield model.heads === undefined && model.primary === undefined
          ? pass
          : readBack(guest, at, model, "without heads and primary", 'write model: { type: "none" }');
      } else {
        const whole = wholeOf(model, index);
        const added = Object.entries(whole).filter(([name]) => model[name as keyof Model] === undefined);
        const isFirst = index > 0 || whole.primary === (model.primary ?? "yes");
        yield added.length === 0 && isFirst
          ? pass
          : readBack(
              guest,
              at,
              model,
              `as ${literal({ ...model, ...whole })}`,
              `write model: ${literal({ ...model, ...whole })}`,
            );
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { videos: [{ model: { type: "virtio" } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { videos: [{ model: { type: "virtio", heads: 1, primary: "yes" } }] } }),
  },
});

/** What libvirt writes of a card: its own where the card says nothing. */
function wholeOf({ type, heads = 1, ...model }: Model, index: number): Partial<Model> {
  const own = TRIED.includes(type!) ? QEMU_VIDEO_MEMORY.get(type!)! : {};
  const memory = Object.entries(own).map(([name, size]) => [name, model[name as keyof typeof model] ?? size]);
  return { heads, ...(index === 0 && { primary: "yes" }), ...Object.fromEntries(memory) };
}

function literal(model: Partial<Model>): string {
  return `{ ${Object.entries(model)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ")} }`;
}
