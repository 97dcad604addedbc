import { oneGraphicsOfAType } from "../../../lib/rules/gfx/one-graphics-of-a-type";
import { RuleTester } from "../../../lib/testing";

const guest = (...graphics: unknown[]) => ({ name: "a", devices: { graphics } });
const VNC = { vnc: { auto_port: true } };
const listen = (...addresses: string[]) => addresses.map((address) => ({ address: { address } }));

RuleTester.run(oneGraphicsOfAType, {
  fails: {
    "two of a type": {
      plan: (t) => t.kvm(guest(VNC, { spice: {} }, VNC)),
      message: '"a" has 2 graphics devices of type vnc; QEMU has one.',
      fix: "keep devices.graphics[0]",
      at: "devices.graphics[2]",
    },
    "two of each other type": {
      plan: (t) =>
        t.tcg(
          guest(
            { spice: {} },
            { spice: {} },
            { sdl: {} },
            { sdl: {} },
            { dbus: {} },
            { dbus: {} },
            { egl_headless: {} },
            { egl_headless: {} },
          ),
        ),
      count: 4,
    },
    "two listeners": {
      plan: (t) => t.kvm(guest({ vnc: { listeners: listen("127.0.0.1", "::1") } })),
      message: 'The vnc server of "a" has 2 listeners',
      at: "devices.graphics[0].vnc.listeners[1]",
    },
    "an address and a socket": (t) =>
      t.kvm(guest({ spice: { listeners: [...listen("127.0.0.1"), { socket: { socket: "/s" } }] } })),
  },
  passes: {
    "one of each": (t) => t.kvm(guest(VNC, { spice: {} }, { egl_headless: {} })),
    "one listener": (t) => t.kvm(guest({ vnc: { listeners: listen("::") } })),
    none: (t) => t.kvm(),
    "graphics that are known only at apply, but single": (t) =>
      t.kvm({ devices: { graphics: ["${var.graphics}"] } }),
    "a Xen guest": (t) => t.xenHvm(guest(VNC, VNC)),
  },
  undetermined: {
    "one of two known only at apply": (t) => t.kvm(guest(VNC, "${var.graphics}")),
  },
});
