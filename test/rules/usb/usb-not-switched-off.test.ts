import { usbNotSwitchedOff } from "../../../lib/rules/usb/usb-not-switched-off";
import { RuleTester } from "../../../lib/testing";

const off = (devices: Record<string, unknown>) => ({
  name: "a",
  devices: { controllers: [{ type: "pci" }, { type: "usb", model: "none" }], ...devices },
});

RuleTester.run(usbNotSwitchedOff, {
  fails: {
    "a tablet": {
      plan: (t) =>
        t.kvm(
          off({
            inputs: [
              { type: "mouse", bus: "ps2" },
              { type: "tablet", bus: "usb" },
            ],
          }),
        ),
      message: '"a" has a USB tablet, but its USB is switched off (devices.controllers[1], model none).',
      fix: 'set devices.controllers[1].model to "qemu-xhci", or remove devices.inputs[1]',
      at: "devices.inputs[1]",
    },
    "a tablet without a bus": (t) => t.tcg(off({ inputs: [{ type: "tablet" }] })),
    "every other device": {
      plan: (t) =>
        t.kvm(
          off({
            hubs: [{ type: "usb" }],
            redir_devs: [{ bus: "usb", source: { tcp: { host: "h", service: "1" } } }],
            hostdevs: [{ subsys_usb: { source: { vendor: { id: "0x1" }, product: { id: "0x2" } } } }],
            disks: [{ source: { file: { file: "/d" } }, target: { dev: "sda", bus: "usb" } }],
            smartcards: [{ host: true }],
            sounds: [{ model: "usb" }],
            serials: [{ target: { type: "usb-serial" } }],
          }),
        ),
      count: 7,
    },
    "another controller": {
      plan: (t) =>
        t.kvm({
          devices: {
            controllers: [
              { type: "usb", model: "qemu-xhci" },
              { type: "usb", model: "none" },
            ],
          },
        }),
      message: "another USB controller beside one of model none",
      at: "devices.controllers[0]",
    },
  },
  passes: {
    "no USB devices": (t) =>
      t.kvm(
        off({
          inputs: [{ type: "mouse" }, { type: "keyboard", bus: "ps2" }, { type: "tablet", bus: "virtio" }],
          sounds: [{ model: "ich9" }],
        }),
      ),
    "USB devices where USB is on": (t) =>
      t.kvm({ devices: { inputs: [{ type: "tablet", bus: "usb" }] } }).kvm({
        devices: {
          controllers: [{ type: "usb", model: "qemu-xhci" }],
          inputs: [{ type: "tablet", bus: "usb" }],
        },
      }),
    none: (t) => t.kvm(),
  },
  undetermined: {
    "a bus that is known only at apply": (t) =>
      t.kvm(off({ inputs: [{ type: "keyboard", bus: "${var.bus}" }] })),
    "host devices that are known only at apply": (t) => t.kvm(off({ hostdevs: ["${var.hostdev}"] })),
  },
});
