import { videoUseful } from "../../../lib/rules/gfx/video-useful";
import { RuleTester } from "../../../lib/testing";

const guest = (type_arch: string, ...types: string[]) => ({
  name: "a",
  os: { type_arch },
  devices: { videos: types.map((type) => ({ model: { type } })) },
});
const SPICE = { name: "a", devices: { graphics: [{ spice: {} }] } };

RuleTester.run(videoUseful, {
  fails: {
    "a card of the PC on ARM": {
      plan: (t) => t.kvm(guest("aarch64", "virtio", "qxl")),
      message: 'Video card 1 of "a" is of model qxl, a card of the PC, in a guest of aarch64.',
      fix: 'set it to "virtio"',
      at: "devices.videos[1].model.type",
      severity: "warning",
    },
    "on a mainframe": (t) => t.tcg(guest("s390x", "vga")),
    "SPICE of a paravirtualized guest": {
      plan: (t) => t.xenPv(SPICE),
      message: '"a" has SPICE graphics, which Xen ignores',
      fix: "use vnc",
    },
    "SPICE of a PVH guest": (t) => t.xenPvh(SPICE),
  },
  passes: {
    "virtio, ramfb and bochs": (t) => t.kvm(guest("aarch64", "virtio", "ramfb", "bochs")),
    "cards of the PC on it": (t) => t.kvm(guest("x86_64", "vga", "qxl")),
    "SPICE of a Xen HVM guest": (t) => t.xenHvm(SPICE),
    VNC: (t) => t.xenPv({ devices: { graphics: [{ vnc: {} }] } }),
    "no cards": (t) => t.kvm().xenPv(),
  },
  undetermined: {
    "a model that is known only at apply": (t) => t.kvm(guest("aarch64", "${var.model}")),
    "an architecture that is known only at apply": (t) => t.kvm(guest("${var.arch}", "vga")),
    "graphics that are known only at apply": (t) => t.xenPv({ devices: { graphics: "${var.graphics}" } }),
  },
});
