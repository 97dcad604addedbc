import { videoModel } from "../../../lib/rules/xen/video-model";
import { RuleTester } from "../../../lib/testing";

const video = (type: string | undefined, vram?: number | string) => ({
  devices: { videos: [{ model: { type, vram } }] },
});

RuleTester.run(videoModel, {
  fails: {
    virtio: {
      plan: (t) => t.xenHvm({ name: "a", ...video("virtio") }),
      severity: "error",
      message:
        'HVM guest "a" has a video card of model virtio, which Xen does not have: it has vga, cirrus and qxl.',
      fix: 'set the model to "vga"',
      at: "devices.videos[0].model.type",
      places: ["a"],
    },
    "bochs and none": { plan: (t) => t.xenHvm(video("bochs")).xenHvm(video("none")), count: 2 },
    "vga with too little memory": {
      plan: (t) => t.xenHvm({ name: "a", ...video("vga", 16383) }),
      message:
        /^HVM guest "a" has a video card of model vga with 16383 KiB of memory; Xen needs 16384 KiB for it\.$/,
      fix: "remove vram, or set it to 16384 (KiB)",
      at: "devices.videos[0].model.vram",
    },
    "the others one KiB short": {
      plan: (t) => t.xenHvm(video("xen", 16383)).xenHvm(video("cirrus", 8191)).xenHvm(video("qxl", 131071)),
      count: 3,
      fix: /16384.*\n.*8192.*\n.*131072/,
    },
    "another model with another emulator": (t) =>
      t.xenHvm({ devices: { emulator: "/usr/bin/q", videos: [{ model: { type: "virtio" } }] } }),
  },
  passes: {
    "as much memory as there must be": (t) =>
      t
        .xenHvm(video("vga", 16384))
        .xenHvm(video("xen", 16384))
        .xenHvm(video("cirrus", 8192))
        .xenHvm(video("qxl", 131072)),
    "memory left to the driver": (t) => t.xenHvm(video("vga")).xenHvm(video("qxl", 0)),
    "little memory with another emulator, which has other limits": (t) =>
      t.xenHvm({ devices: { emulator: "/usr/bin/q", videos: [{ model: { type: "vga", vram: 8192 } }] } }),
    "a second card, which nobody looks at": (t) =>
      t.xenHvm({ devices: { videos: [{ model: { type: "vga" } }, { model: { type: "virtio" } }] } }),
    "no video, and none with a model": (t) =>
      t
        .xenHvm()
        .xenHvm({ devices: { videos: [{}] } })
        .xenHvm(video(undefined)),
    "PV and PVH guests, which have no card": (t) => t.xenPv(video("virtio")).xenPvh(video("virtio")),
    "a KVM guest": (t) => t.kvm(video("virtio")),
    "a late kind of guest with a card that Xen has": (t) =>
      t.xenHvm({ os: { type: "${var.type}" }, ...video("vga") }),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.xenHvm(video("${var.model}")),
      reason: "the model of the video card is known only at apply",
    },
    "a late size": {
      plan: (t) => t.xenHvm(video("vga", "${var.vram}")),
      reason: "the memory of the video card is known only at apply",
    },
    "a late kind of guest with another card": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...video("virtio") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
