import { vncPortInRange } from "../../../lib/rules/gfx/vnc-port-in-range";
import { RuleTester } from "../../../lib/testing";

const vnc = (vnc: Record<string, unknown>) => ({ name: "a", devices: { graphics: [{ vnc }] } });

RuleTester.run(vncPortInRange, {
  fails: {
    "a port that lacks a digit": {
      plan: (t) => t.kvm(vnc({ port: 590 })),
      message: 'The VNC port of "a" is 590, outside 5900 to 65535.',
      at: "devices.graphics[0].vnc.port",
    },
    "ports just outside": { plan: (t) => t.kvm(vnc({ port: 5899 })).tcg(vnc({ port: 65536 })), count: 2 },
    "a negative one": (t) => t.kvm(vnc({ port: -2 })),
    "without autoPort": (t) => t.kvm(vnc({ port: 590, auto_port: false })),
  },
  passes: {
    "the limits": (t) => t.kvm(vnc({ port: 5900 })).kvm(vnc({ port: 65535 })),
    "libvirt's choice": (t) =>
      t
        .kvm(vnc({ port: -1 }))
        .kvm(vnc({ port: 0 }))
        .kvm(vnc({ auto_port: true, port: 590 })),
    "a socket": (t) =>
      t
        .kvm(vnc({ port: 590, listeners: [{ socket: { socket: "/s" } }] }))
        .kvm(vnc({ port: 590, socket: "/s" })),
    SPICE: (t) => t.kvm({ devices: { graphics: [{ spice: { port: 590 } }] } }),
    "no graphics": (t) => t.kvm(),
  },
  undetermined: {
    "a port that is known only at apply": (t) => t.kvm(vnc({ port: "${var.port}" })),
    "autoPort that is known only at apply": (t) => t.kvm(vnc({ port: 590, auto_port: "${var.auto}" })),
  },
});
