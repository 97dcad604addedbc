import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { hasGraphics } from "./graphics";

/** Cards of the PC, whose memory ARM guests cannot map as they would, and which mainframes do not have. */
const PC_CARDS = ["vga", "cirrus", "qxl", "vmvga"];
/** Whose guests have no use for them. */
const WITHOUT_PC_CARDS = ["aarch64", "armv7l", "s390x"];

/** A display can be there and show nothing. */
export const videoUseful = defineRule({
  code: "VIRT-GFX-013",
  slug: "video-useful",
  severity: "warning",
  stage: "advice",
  title: "A video card should be one that the guest can use",
  why: "The cards of the PC keep their picture in device memory that caches of ARM get wrong, and s390x has no VGA at all: virtio is the card there. A paravirtualized Xen guest has a frame buffer of its own, which is shown by VNC or SDL; SPICE is ignored.",
  fix: "Use video model virtio on ARM and s390x, and graphics vnc for paravirtualized Xen guests.",
  sources: [
    "KubeVirt pkg/virt-api/webhooks arm64.go and s390x.go: video types",
    "libvirt libxl_conf.c libxlMakeVfb, libxlMakeVfbList",
    "not tried: the host that was tried has no emulator for ARM and s390x",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest): Iterable<Outcome> {
    const { label, arch, domain } = guest;
    if (guest.isQemu) {
      const videos = domain.devices?.videos ?? [];
      if (videos.length === 0 || arch === undefined) return yield notApplicable;
      if (isLate(arch)) return yield undetermined("the architecture of a guest is known only at apply");
      if (!WITHOUT_PC_CARDS.includes(arch)) return yield notApplicable;
      for (const [index, { model }] of videos.entries()) {
        if (isLate(model?.type)) yield undetermined("the video cards of a guest are known only at apply");
        else if (!PC_CARDS.includes(model?.type ?? "")) yield pass;
        else {
          yield fail({
            at: `devices.videos[${index}].model.type`,
            message: `Video card ${index} of "${label}" is of model ${model!.type}, a card of the PC, in a guest of ${arch}.`,
            fix: 'set it to "virtio"',
          });
        }
      }
      return;
    }
    if (guest.mode !== "xen-pv" && guest.mode !== "xen-pvh") return yield notApplicable;
    const spice = hasGraphics(guest, "spice");
    if (spice === undefined) return yield undetermined("the graphics of a guest are known only at apply");
    if (!spice) return yield notApplicable;
    yield fail({
      at: "devices.graphics",
      message: `"${label}" has SPICE graphics, which Xen ignores for a paravirtualized guest.`,
      fix: "use vnc",
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("arm1", { arch: "aarch64", facts: null }).kvm({ ...ARM, devices: card("vga") }),
    good: (plan) =>
      plan.kvmHost("arm1", { arch: "aarch64", facts: null }).kvm({ ...ARM, devices: card("virtio") }),
  },
});

const ARM = { os: { type_arch: "aarch64", type_machine: "virt", firmware: "efi" } };

function card(type: string) {
  return { videos: [{ model: { type, heads: 1, primary: "yes", ...(type === "vga" && { vram: 16384 }) } }] };
}
