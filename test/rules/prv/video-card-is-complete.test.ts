import { videoCardIsComplete } from "../../../lib/rules/prv/video-card-is-complete";
import { RuleTester } from "../../../lib/testing";

const videos = (...models: (object | undefined)[]) => ({
  name: "web",
  devices: { videos: models.map((model) => ({ model })) },
});
const first = { heads: 1, primary: "yes" };

RuleTester.run(videoCardIsComplete, {
  fails: {
    "a type alone": {
      plan: (t) => t.kvm(videos({ type: "virtio" })),
      message:
        'devices.videos[0].model of "web" is {"type":"virtio"} and comes back as { type: "virtio", heads: 1, primary: "yes" }',
      fix: 'write model: { type: "virtio", heads: 1, primary: "yes" }',
      at: "devices.videos[0].model",
    },
    "no primary": (t) => t.kvm(videos({ type: "virtio", heads: 2 })),
    "a first card that is not primary": {
      plan: (t) => t.kvm(videos({ type: "virtio", heads: 1, primary: "no" })),
      fix: 'primary: "yes"',
    },
    "no heads, of a guest that is off": (t) =>
      t.kvm({ ...videos({ type: "virtio", primary: "yes" }), running: false }),
    "a second card without heads": {
      plan: (t) => t.kvm(videos({ type: "virtio", ...first }, { type: "virtio" })),
      fix: 'write model: { type: "virtio", heads: 1 }',
      at: "devices.videos[1].model",
    },
    "vga without its memory": {
      plan: (t) => t.kvm(videos({ type: "vga", ...first })),
      fix: "vram: 16384",
    },
    "qxl without all of its memory": {
      plan: (t) => t.kvm(videos({ type: "qxl", vram: 32768, ...first })),
      fix: /vram: 32768.*ram: 65536, vgaMem: 16384/,
    },
    "none with heads": {
      plan: (t) => t.kvm(videos({ type: "none", ...first })),
      fix: 'write model: { type: "none" }',
    },
  },
  passes: {
    "virtio in whole": (t) => t.kvm(videos({ type: "virtio", ...first }, { type: "virtio", heads: 1 })),
    "vga in whole": (t) => t.kvm(videos({ type: "vga", vram: 32768, ...first })),
    "heads that are late": (t) => t.kvm(videos({ type: "virtio", primary: "yes", heads: "${var.heads}" })),
    none: (t) => t.kvm(videos({ type: "none" })),
    "no model": (t) => t.kvm(videos(undefined)),
    "a Xen guest, which was not measured": (t) => t.xenHvm(videos({ type: "cirrus" })),
    "a guest that exists": (t) => t.kvm({ ...videos({ type: "virtio" }), existing: {} }),
  },
  undetermined: {
    "a type that is late": (t) => t.kvm(videos({ type: "${var.type}" })),
    "a primary that is late": (t) => t.kvm(videos({ type: "virtio", heads: 1, primary: "${var.primary}" })),
    "a late model": (t) => t.kvm({ devices: { videos: [{ model: "${var.model}" }] } }),
  },
});
