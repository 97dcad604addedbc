import { KVM_EXAMPLE } from "../../../lib/plan/example-facts";
import { displayOffered } from "../../../lib/rules/gfx/display-offered";
import { RuleTester } from "../../../lib/testing";

const host = {
  facts: {
    domainCapabilities: [
      {
        ...KVM_EXAMPLE.domainCapabilities![0]!,
        devices: {
          graphics: { supported: true, enums: { type: ["vnc", "egl-headless"] } },
          video: { supported: true, enums: { modelType: ["vga", "virtio", "none"] } },
        },
      },
    ],
  },
};
const guest = (graphics: unknown, videos: unknown = []) => ({ name: "a", devices: { graphics, videos } });
const video = (type: string) => [{ model: { type } }];

RuleTester.run(displayOffered, {
  fails: {
    "graphics that QEMU does not have": {
      plan: (t) => t.kvmHost("kvm1", host).kvm(guest([{ vnc: {} }, { spice: {} }])),
      message:
        '"a" has graphics of type spice, which QEMU on "kvm1" does not have: it has vnc or egl-headless.',
      fix: "use vnc or egl-headless",
      at: "devices.graphics[1]",
    },
    "a video card that QEMU does not have": {
      plan: (t) => t.kvmHost("kvm1", host).kvm(guest([{ vnc: {} }], video("qxl"))),
      message: "a video card of model qxl",
      at: "devices.videos[0].model.type",
    },
  },
  passes: {
    "what QEMU has": (t) =>
      t.kvmHost("kvm1", host).kvm(guest([{ vnc: {} }, { egl_headless: {} }], video("virtio"))),
    "no graphics": (t) => t.kvm().kvm(guest([])),
    "a Xen guest": (t) => t.xenHvm(guest([{ spice: {} }])),
  },
  undetermined: {
    "a model that is known only at apply": (t) =>
      t.kvmHost("kvm1", host).kvm(guest([], video("${var.model}"))),
    "graphics that are known only at apply": (t) => t.kvmHost("kvm1", host).kvm(guest("${var.graphics}")),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(guest([{ spice: {} }])),
    "capabilities that do not say": (t) => t.kvm(guest([{ spice: {} }])),
    "capabilities of another machine": (t) =>
      t.kvmHost("kvm1", host).kvm({ ...guest([{ spice: {} }]), os: { type_machine: "pc" } }),
    "an emulator that the facts do not describe": (t) =>
      t.kvmHost("kvm1", host).kvm({ devices: { graphics: [{ spice: {} }], emulator: "/opt/qemu" } }),
  },
});
