import { characterDeviceTarget } from "../../../lib/rules/fw/character-device-target";
import { RuleTester } from "../../../lib/testing";

const serials = (...targets: unknown[]) => ({
  name: "web",
  devices: { channels: [], serials: targets.map((target) => ({ target })) },
});
const consoles = (...types: unknown[]) => ({
  name: "web",
  devices: { channels: [], consoles: types.map((type) => ({ target: { type } })) },
});
const channels = (...targets: unknown[]) => ({
  name: "web",
  devices: { channels: targets.map((target) => ({ source: { pty: {} }, target })) },
});

RuleTester.run(characterDeviceTarget, {
  fails: {
    "a model of another type": {
      plan: (t) => t.kvm(serials({ type: "isa-debug", model: { name: "usb-serial" } })),
      message:
        'Serial port 1 of "web" is of model usb-serial, which is a port of type usb-serial; its type is isa-debug.',
      fix: 'set target.type to "usb-serial", or remove model',
      at: "devices.serials[0].target.model.name",
    },
    "a model without its type, which is isa-serial": {
      plan: (t) => t.kvm(serials({ model: { name: "pci-serial" } })),
      message: "its type is isa-serial",
    },
    "ports of other architectures": {
      plan: (t) =>
        t.kvm(
          serials(
            { type: "spapr-vio-serial" },
            { type: "sclp-serial" },
            { type: "system-serial", model: { name: "pl011" } },
          ),
        ),
      count: 3,
      message: /is a spapr-vio-serial, which guests of x86_64 do not have[\s\S]*is a pl011/,
    },
    "a second serial console, stated and not": {
      plan: (t) => t.kvm(consoles("serial", "serial", undefined)),
      count: 2,
      message:
        /Console 2 of "web" is of type serial; only[\s\S]*Console 3 of "web" is a serial port, since it has no type/,
      at: "devices.consoles[1].target.type",
    },
    "consoles that QEMU or the guest does not have": {
      plan: (t) => t.kvm(consoles("xen", "sclp")),
      count: 2,
      message: /is of type xen, which QEMU does not have[\s\S]*which guests of x86_64 do not have/,
      fix: "use type serial or virtio",
    },
    "a channel to nowhere": {
      plan: (t) => t.kvm(channels(undefined, {})),
      count: 2,
      message: 'Channel 1 of "web" does not say where it ends in the guest.',
      fix: "org.qemu.guest_agent.0",
    },
    "forwards from what is no IPv4 address": {
      plan: (t) =>
        t.kvm(
          channels(
            { guest_fwd: { address: "fd00::1", port: "4600" } },
            { guest_fwd: { address: "x", port: "1" } },
            { guest_fwd: { port: "1" } },
            { guest_fwd: { address: "10.0.2.1" } },
          ),
        ),
      count: 4,
      message: /from fd00::1; that is[\s\S]*from x[\s\S]*from no address[\s\S]*from no port/,
    },
  },
  passes: {
    "ports of their types": (t) =>
      t.kvm(
        serials(
          { type: "isa-serial", model: { name: "isa-serial" } },
          { model: { name: "isa-serial" } },
          { type: "isa-debug", model: { name: "isa-debugcon" } },
          { type: "system-serial" },
          { port: 3 },
          undefined,
        ),
      ),
    "one serial console and others": (t) => t.kvm(consoles("serial", "virtio")),
    "the console of a mainframe": (t) =>
      t.kvm({ ...consoles("sclp", undefined), os: { type_arch: "s390x", type_machine: "s390-ccw-virtio" } }),
    channels: (t) =>
      t.kvm(
        channels(
          { virt_io: { name: "a" } },
          { xen: { name: "a" } },
          { guest_fwd: { address: "10.0.2.1", port: "4600" } },
        ),
      ),
    "a late address": (t) => t.kvm(channels({ guest_fwd: { address: "${var.address}", port: "1" } })),
  },
  undetermined: {
    "a late type": {
      plan: (t) => t.kvm(serials({ type: "${var.type}", model: { name: "usb-serial" } })),
      reason: "the target of a character device is known only at apply",
    },
    "a late console": (t) => t.kvm(consoles("serial", "${var.type}")),
    "a late channel": (t) => t.kvm(channels("${var.target}")),
  },
});
