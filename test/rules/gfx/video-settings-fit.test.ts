import { videoSettingsFit } from "../../../lib/rules/gfx/video-settings-fit";
import { RuleTester } from "../../../lib/testing";

const videos = (...cards: object[]) => ({ name: "web", devices: { videos: cards } });
const card = (type: string, more: object = {}, driver?: object) => ({ model: { type, ...more }, driver });
const VIRTIO = { iommu: "on", ats: "on", packed: "on", page_per_vq: "on" };

RuleTester.run(videoSettingsFit, {
  fails: {
    "memory of qxl": {
      plan: (t) => t.kvm(videos(card("vga", { ram: 65536, vga_mem: 16384, vram64: 65536 }))),
      count: 3,
      message:
        'Video card 0 (vga) of "web" sets model.ram to 65536, which is for model qxl; its model is vga.',
      fix: 'remove model.ram, or set model.type to "qxl"',
      at: "devices.videos[0].model.ram",
    },
    "options of virtio for the card of a PC": (t) => t.kvm(videos({ driver: { packed: "off" } })),
    "a resolution of cirrus": {
      plan: (t) => t.kvm(videos(card("cirrus", { resolution: { x: 1920, y: 1080 } }))),
      message: "sets model.resolution, which is for model virtio, vga, qxl or bochs; its model is cirrus",
    },
    "acceleration that QEMU or the card does not have": {
      plan: (t) =>
        t.kvm(
          videos(card("virtio", { accel: { accel2d: "yes" } }), card("vga", { accel: { accel3d: "yes" } })),
        ),
      count: 2,
      message: /accel2D to yes, which QEMU does not have[\s\S]*accel3D to yes, which is for model virtio/,
    },
    "a render node of QEMU": {
      plan: (t) => t.kvm(videos(card("virtio", { accel: { render_node: "/dev/dri/renderD128" } }))),
      message: "which is for driver vhostuser; its driver is qemu",
      fix: 'set driver.name to "vhostuser"',
    },
    "vhost-user and options of virtio on vga": {
      plan: (t) => t.kvm(videos(card("vga", {}, { name: "vhostuser", ...VIRTIO }))),
      count: 5,
    },
    "an acceleration and a resolution without values": {
      plan: (t) =>
        t.kvm(
          videos(
            card("virtio", { accel: {} }),
            card("virtio", { resolution: { x: 0, y: 1080 } }),
            card("virtio", { resolution: { x: 800 } }),
          ),
        ),
      count: 3,
      message: /an acceleration without values[\s\S]*a resolution of 0 by 1080 dots[\s\S]*of 800 by no dots/,
    },
    "too little memory": {
      plan: (t) =>
        t.kvm(
          videos(card("vga", { vram: 16 }), card("vmvga", { vram: 1000 }), card("qxl", { vga_mem: 512 })),
        ),
      count: 3,
      message: 'Video card 0 (vga) of "web" has 16 KiB (vram); vga needs 1024 at least.',
    },
    "memory that is no power of two": {
      plan: (t) => t.kvm(videos(card("qxl", { vga_mem: 3000 }))),
      message: "has 3000 KiB (vgaMem), which is no power of two",
      fix: "set vgaMem to 4096",
    },
  },
  passes: {
    "each where it belongs": (t) =>
      t.kvm(
        videos(
          card("qxl", { ram: 65536, vga_mem: 16384, vram64: 65536, vram: 16 }),
          card("virtio", { accel: { accel3d: "yes", accel2d: "no" }, resolution: { x: 1, y: 1 } }, VIRTIO),
          card("virtio", { accel: { render_node: "/dev/dri/renderD128" } }, { name: "vhostuser" }),
          card("bochs", { vram: 16, resolution: { x: 800, y: 600 } }),
        ),
      ),
    "what asks for nothing": (t) => t.kvm(videos(card("vga", { ram: 0, accel: { accel3d: "no" } }))),
    "no card, whose settings are forgotten": (t) =>
      t.kvm(videos(card("none", { ram: 65536, accel: { accel2d: "yes" }, vram: 1 }, VIRTIO))),
    "libvirt's choice of a card": (t) =>
      t
        .kvm(videos({ model: { vram: 16, resolution: { x: 1, y: 1 } } }))
        .kvm({ ...videos({ driver: VIRTIO }), name: "b", os: { type_arch: "aarch64" } }),
    "a late memory": (t) => t.kvm(videos(card("vga", { vram: "${var.vram}" }))),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.kvm(videos(card("${var.model}", { ram: 65536 }))),
      reason: "model.ram or the model of a device is known only at apply",
    },
  },
});
