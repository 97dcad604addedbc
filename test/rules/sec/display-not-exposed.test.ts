import { displayNotExposed } from "../../../lib/rules/sec/display-not-exposed";
import { RuleTester } from "../../../lib/testing";

const vnc = (config: Record<string, unknown>) => ({ name: "a", devices: { graphics: [{ vnc: config }] } });
const spice = (config: Record<string, unknown>) => ({
  name: "a",
  devices: { graphics: [{ spice: config }] },
});

RuleTester.run(displayNotExposed, {
  fails: {
    "VNC on all addresses": {
      plan: (t) => t.kvm(vnc({ listen: "0.0.0.0" })),
      message: 'The VNC display of "a" listens on 0.0.0.0 without a password.',
      fix: 'set listen to "127.0.0.1"',
      at: "devices.graphics[0].vnc.listen",
    },
    "SPICE on an address of the host": (t) => t.kvm(spice({ listen: "192.0.2.1" })),
    IPv6: (t) => t.kvm(vnc({ listen: "::" })),
    "a listener": (t) => t.kvm(vnc({ listeners: [{ address: { address: "0.0.0.0" } }] })),
    "a Xen guest": (t) => t.xenHvm(vnc({ listen: "0.0.0.0" })),
  },
  passes: {
    loopback: (t) =>
      t
        .kvm(vnc({ listen: "127.0.0.1" }))
        .kvm(spice({ listen: "::1" }))
        .kvm(vnc({ listen: "localhost" })),
    "the host's default": (t) => t.kvm(vnc({ auto_port: true })),
    "a password": (t) => t.kvm(vnc({ listen: "0.0.0.0", passwd: "${var.password}" })),
    "SPICE with encryption alone": (t) => t.kvm(spice({ listen: "0.0.0.0", default_mode: "secure" })),
    "no display": (t) => t.kvm(),
  },
  undetermined: {
    "a late address": (t) => t.kvm(vnc({ listen: "${var.address}" })),
  },
});
