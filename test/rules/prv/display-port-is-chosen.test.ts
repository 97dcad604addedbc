import { displayPortIsChosen } from "../../../lib/rules/prv/display-port-is-chosen";
import { RuleTester } from "../../../lib/testing";

const display = (graphics: object, changes: object = {}) => ({
  name: "web",
  devices: { graphics: [graphics] },
  ...changes,
});

RuleTester.run(displayPortIsChosen, {
  fails: {
    "port -1": {
      plan: (t) => t.kvm(display({ vnc: { port: -1 } })),
      message:
        'devices.graphics[0].vnc.port of "web" is -1 and comes back as the port that libvirt chose: the apply ends in an error.',
      fix: "set autoPort to true and remove port",
      at: "devices.graphics[0].vnc.port",
    },
    "port 0": (t) => t.kvm(display({ vnc: { port: 0 } })),
    "a port beside autoPort": (t) => t.kvm(display({ vnc: { port: 5988, auto_port: true } })),
    "a web socket": {
      plan: (t) => t.kvm(display({ vnc: { auto_port: true, web_socket: -1 } })),
      fix: "remove webSocket, or state a port",
    },
    "ports of SPICE": { plan: (t) => t.kvm(display({ spice: { port: -1, tls_port: -1 } })), count: 2 },
  },
  passes: {
    autoPort: (t) => t.kvm(display({ vnc: { auto_port: true } })),
    "a port of one's own": (t) => t.kvm(display({ vnc: { port: 5987, auto_port: false, web_socket: 5787 } })),
    "a guest that is off": (t) => t.kvm(display({ vnc: { port: -1 } }, { running: false })),
    "a Xen guest, which was not measured": (t) => t.xenHvm(display({ vnc: { port: -1 } })),
  },
  undetermined: {
    "a port that is late": (t) => t.kvm(display({ vnc: { port: "${var.port}" } })),
  },
});
