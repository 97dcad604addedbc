import { videoMemoryFits } from "../../../lib/rules/xen/video-memory-fits";
import { RuleTester } from "../../../lib/testing";

/** Memory in MiB; the minimum of Debian 12, which examples run, is 512 MiB. */
const guest = (memory: number | string, type: string | undefined, vram?: number | string) => ({
  memory,
  memory_unit: "MiB",
  devices: { videos: [{ model: { type, vram } }] },
});

RuleTester.run(videoMemoryFits, {
  fails: {
    "nothing left": {
      plan: (t) => t.xenHvm({ name: "a", ...guest(128, "qxl", 131072) }),
      severity: "error",
      message:
        'HVM guest "a" has no memory left beside its video card\'s: 128 MiB - 128 MiB of video memory = 0 KiB.',
      fix: "set memory to at least 640 MiB, or take a video card with less memory (vga: 16 MiB)",
      at: "memory",
      places: ["a"],
    },
    "the card's default": (t) => t.xenHvm(guest(100, "qxl")).xenHvm({ memory: 2 }),
    "more than all": { plan: (t) => t.xenHvm(guest(64, "vga", 65 * 1024)), message: "= -1 MiB" },
    "too little for the operating system": {
      plan: (t) => t.xenHvm({ name: "a", ...guest(600, "qxl", 131072) }),
      severity: "warning",
      message: /less than the 512 MiB that Debian.* needs: 600 MiB - 128 MiB of video memory = 472 MiB\./,
    },
  },
  passes: {
    "enough left": (t) => t.xenHvm(guest(640, "qxl", 131072)),
    "the ordinary video memory, in a guest with the least memory": (t) => t.xenHvm(guest(512, "vga", 16384)),
    "a guest that had too little already, which another rule says": (t) =>
      t.xenHvm(guest(256, "qxl", 131072)),
    "another model, which another rule refuses": (t) => t.xenHvm(guest(64, "virtio")),
    "no card": (t) => t.xenHvm(guest(64, undefined)).xenHvm({ memory: 8, memory_unit: "MiB" }),
    "PV and PVH guests, which have none": (t) => t.xenPv(guest(64, "qxl")).xenPvh(guest(64, "qxl")),
    "a KVM guest": (t) => t.kvm(guest(64, "qxl", 131072)),
    "a late kind of guest with enough": (t) =>
      t.xenHvm({ os: { type: "${var.type}" }, ...guest(2048, "vga") }),
  },
  undetermined: {
    "late memory": {
      plan: (t) => t.xenHvm(guest("${var.memory}", "qxl")),
      reason: "the guest's memory or video card is known only at apply",
    },
    "a late card": (t) => t.xenHvm(guest(512, "${var.model}")),
    "late video memory": (t) => t.xenHvm(guest(512, "qxl", "${var.vram}")),
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...guest(128, "qxl") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
