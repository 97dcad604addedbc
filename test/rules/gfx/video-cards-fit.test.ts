import { videoCardsFit } from "../../../lib/rules/gfx/video-cards-fit";
import { RuleTester } from "../../../lib/testing";

const cards = (...models: unknown[]) => ({
  name: "a",
  devices: {
    videos: models.map((model) => ({ model: typeof model === "string" ? { type: model } : model })),
  },
});

RuleTester.run(videoCardsFit, {
  fails: {
    "vga beside another": {
      plan: (t) => t.kvm(cards("virtio", "vga")),
      message:
        'Video card 1 of "a" is of model vga, which can only be the primary card; that is devices.videos[0].',
      fix: 'use model "virtio" or "qxl"',
      at: "devices.videos[1].model.type",
    },
    "a first card that is not the primary": {
      plan: (t) => t.kvm(cards("vga", { type: "virtio", primary: "yes" })),
      at: "devices.videos[0].model.type",
    },
    "two of bochs": (t) => t.tcg(cards("bochs", "bochs")),
    "two primaries": {
      plan: (t) => t.kvm(cards({ type: "vga", primary: "yes" }, { type: "virtio", primary: "yes" })),
      message: "2 primary video cards: devices.videos[0], devices.videos[1]",
      at: "devices.videos[1].model.primary",
    },
    "none beside another": {
      plan: (t) => t.kvm(cards("virtio", "none")),
      message: "that stands for no card",
    },
    "none twice": { plan: (t) => t.kvm(cards("none", "none")), count: 2 },
    "two heads of vga": {
      plan: (t) => t.kvm(cards({ type: "vga", heads: 2 })),
      message: "with 2 heads; only virtio and qxl have more than one",
      at: "devices.videos[0].model.heads",
    },
    "too many heads": { plan: (t) => t.kvm(cards({ type: "virtio", heads: 17 })), message: "16 at most" },
    "a second card without a model": {
      plan: (t) => t.kvm({ devices: { videos: [{}, {}] } }),
      message: "has no model, and the one that libvirt takes can only be the primary card",
      at: "devices.videos[1].model.type",
    },
  },
  passes: {
    "one card": (t) =>
      t
        .kvm(cards("vga"))
        .kvm(cards("none"))
        .kvm(cards({ type: "vga", heads: 1 })),
    "cards that can be beside": (t) => t.kvm(cards("vga", "virtio", "qxl")).kvm(cards("virtio", "virtio")),
    "a primary that is not the first": (t) => t.kvm(cards("virtio", { type: "vga", primary: "yes" })),
    heads: (t) => t.kvm(cards({ type: "virtio", heads: 16 }, { type: "qxl", heads: 4 })),
    "no model, and no cards": (t) => t.kvm(cards({})).kvm(),
    "a Xen guest": (t) => t.xenHvm(cards("vga", "vga")),
  },
  undetermined: {
    "a model that is known only at apply": (t) => t.kvm(cards("vga", "${var.model}")),
    "heads that are known only at apply": (t) => t.kvm(cards({ type: "vga", heads: "${var.heads}" })),
    "cards that are known only at apply": (t) => t.kvm({ devices: { videos: "${var.videos}" } }),
  },
});
