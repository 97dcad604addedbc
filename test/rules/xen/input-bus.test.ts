import { inputBus } from "../../../lib/rules/xen/input-bus";
import { RuleTester } from "../../../lib/testing";

const input = (type: string, bus?: string) => ({ devices: { inputs: [{ type, bus }] } });

RuleTester.run(inputBus, {
  fails: {
    "another bus for PV": {
      plan: (t) => t.xenPv({ name: "a", ...input("mouse", "usb") }),
      severity: "error",
      message: 'PV guest "a" has a mouse on bus usb; it can have a mouse and a keyboard on bus xen.',
      fix: 'set devices.inputs[0].bus to "xen", or remove devices.inputs[0]',
      at: "devices.inputs[0].bus",
      places: ["a"],
    },
    "another device for PVH, with and without a bus": {
      plan: (t) => t.xenPvh(input("tablet", "xen")).xenPvh(input("tablet")),
      count: 2,
      fix: /^remove devices\.inputs\[0\]\n/,
      at: "devices.inputs[0].type",
    },
    "bus xen for HVM": {
      plan: (t) => t.xenHvm(input("mouse", "xen")),
      message: "which PV and PVH guests alone have",
      fix: /its bus to "ps2"/,
    },
    "a tablet on bus xen for HVM": { plan: (t) => t.xenHvm(input("tablet", "xen")), fix: /its bus to "usb"/ },
    "a keyboard on USB": {
      plan: (t) => t.xenHvm(input("keyboard", "usb")),
      message: "its USB bus takes a mouse or a tablet",
    },
  },
  passes: {
    "what PV and PVH have": (t) =>
      t.xenPv(input("mouse", "xen")).xenPvh(input("keyboard", "xen")).xenPv(input("keyboard")),
    "what HVM has": (t) =>
      t
        .xenHvm(input("tablet", "usb"))
        .xenHvm(input("mouse", "usb"))
        .xenHvm(input("keyboard", "ps2"))
        .xenHvm(input("mouse")),
    "virtio devices, of which another rule speaks": (t) =>
      t.xenHvm(input("tablet", "virtio")).xenPv(input("mouse", "virtio")),
    "no input": (t) => t.xenPv().xenHvm({ os: { type: "${var.type}" } }),
    "a KVM guest": (t) => t.kvm(input("tablet", "xen")),
  },
  undetermined: {
    "a late bus": {
      plan: (t) => t.xenPv(input("mouse", "${var.bus}")),
      reason: "an input device is known only at apply",
    },
    "a late device": (t) => t.xenPv(input("${var.type}", "xen")),
    "late inputs": (t) => t.xenPv({ devices: { inputs: "${var.inputs}" } }),
    "a late kind of guest": {
      plan: (t) => t.xenPv({ os: { type: "${var.type}" }, ...input("mouse", "usb") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
