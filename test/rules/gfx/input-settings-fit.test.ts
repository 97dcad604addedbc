import { inputSettingsFit } from "../../../lib/rules/gfx/input-settings-fit";
import { RuleTester } from "../../../lib/testing";

const inputs = (...devices: object[]) => ({ name: "web", devices: { inputs: devices } });
const DEV = "/dev/input/event1";

RuleTester.run(inputSettingsFit, {
  fails: {
    "a tablet on PS/2": {
      plan: (t) => t.kvm(inputs({ type: "tablet", bus: "ps2" })),
      message:
        'Input device 1 (tablet) of "web" sets bus to ps2, which is for type mouse or keyboard; its type is tablet.',
      fix: 'remove bus, or set type to "mouse" or "keyboard"',
      at: "devices.inputs[0].bus",
    },
    "model virtio on the bus that libvirt takes": {
      plan: (t) => t.kvm(inputs({ type: "tablet", model: "virtio" }, { type: "mouse", model: "virtio" })),
      count: 2,
      message: /its bus is usb[\s\S]*its bus is ps2/,
      fix: 'remove model, or set bus to "virtio"',
    },
    "models that QEMU does not have": {
      plan: (t) => t.kvm(inputs({ type: "mouse", bus: "virtio", model: "virtio-transitional" })),
      message: "which QEMU has for no input device",
    },
    "the bus of Xen": {
      plan: (t) => t.kvm(inputs({ type: "mouse", bus: "xen" })),
      message: "sets bus to xen, which is for Xen guests",
      fix: "remove bus",
    },
    "passthrough on USB, evdev on a bus": {
      plan: (t) =>
        t.kvm(
          inputs(
            { type: "passthrough", bus: "usb", source: { passthrough: { ev_dev: DEV } } },
            { type: "evdev", bus: "usb", source: { ev_dev: { dev: DEV } } },
          ),
        ),
      count: 2,
      message: /type to passthrough, which is for bus virtio[\s\S]*its type is evdev/,
    },
    "no device of the host": {
      plan: (t) =>
        t.kvm(
          inputs({ type: "passthrough", source: { ev_dev: { dev: DEV } } }, { type: "evdev", source: {} }),
        ),
      count: 2,
      message: 'Input device 1 (passthrough) of "web" does not name the device of the host.',
      fix: "set source.passthrough.evDev",
      at: "devices.inputs[0].source",
    },
    "a keyboard of ARM, which is on USB": (t) =>
      t.kvm({ ...inputs({ type: "keyboard", model: "virtio" }), os: { type_arch: "aarch64" } }),
  },
  passes: {
    "each where it belongs": (t) =>
      t.kvm(
        inputs(
          { type: "mouse", bus: "ps2" },
          { type: "tablet", bus: "usb" },
          { type: "keyboard", bus: "virtio", model: "virtio" },
          { type: "passthrough", model: "virtio", source: { passthrough: { ev_dev: DEV } } },
          { type: "evdev", source: { ev_dev: { dev: DEV } } },
        ),
      ),
    "a late path": (t) => t.kvm(inputs({ type: "evdev", source: { ev_dev: { dev: "${var.dev}" } } })),
    "a Xen guest": (t) => t.xenPv(inputs({ type: "mouse", bus: "xen" })),
  },
  undetermined: {
    "a late bus": {
      plan: (t) => t.kvm(inputs({ type: "tablet", bus: "${var.bus}", model: "virtio" })),
      reason: "the bus of a device is known only at apply",
    },
    "a late type": (t) => t.kvm(inputs({ type: "${var.type}", bus: "ps2" })),
  },
});
