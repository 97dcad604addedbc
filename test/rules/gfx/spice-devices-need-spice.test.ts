import { spiceDevicesNeedSpice } from "../../../lib/rules/gfx/spice-devices-need-spice";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: Record<string, unknown>) => ({ name: "a", devices });
const VMC = { source: { spice_vmc: true } };
const SPICE = { graphics: [{ spice: { auto_port: true } }] };

RuleTester.run(spiceDevicesNeedSpice, {
  fails: {
    "an agent's channel": {
      plan: (t) => t.kvm(guest({ channels: [VMC], graphics: [{ vnc: {} }] })),
      message:
        '"a" has a device of type spicevmc (devices.channels[0]) and no SPICE graphics, which libvirt 9.0.0',
      fix: "add { spice: { autoPort: true } } to devices.graphics",
      at: "devices.channels[0]",
      severity: "error",
    },
    "every device": {
      plan: (t) =>
        t.tcg(
          guest({
            channels: [{ source: { spice_port: { channel: "a.b" } } }],
            redir_devs: [{ bus: "usb", ...VMC }],
            smartcards: [{ passthrough: { spice_vmc: true } }],
            audios: [{ id: 1, spice: {} }],
          }),
        ),
      count: 4,
    },
    "a newer libvirt": {
      plan: (t) => t.kvmHost("kvm1", { facts: { libvirtVersion: "11.3.0" } }).kvm(guest({ channels: [VMC] })),
      message: "there is no client for it",
      severity: "warning",
    },
    "a smart card at a SPICE port": {
      plan: (t) =>
        t.kvm({
          devices: {
            channels: [],
            smartcards: [{ passthrough: { spice_port: { channel: "org.example.port" } } }],
          },
        }),
      message: "has a SPICE port (devices.smartcards[0])",
    },
  },
  passes: {
    "SPICE graphics": (t) => t.kvm(guest({ channels: [VMC], audios: [{ id: 1, spice: {} }], ...SPICE })),
    "other devices": (t) =>
      t.kvm(guest({ channels: [{ source: { unix: {} } }], audios: [{ id: 1, none: {} }] })).kvm(),
    "a Xen guest": (t) => t.xenHvm(guest({ channels: [VMC] })),
  },
  undetermined: {
    "graphics that are known only at apply": (t) =>
      t.kvm(guest({ channels: [VMC], graphics: "${var.graphics}" })),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(guest({ channels: [VMC] })),
  },
});
