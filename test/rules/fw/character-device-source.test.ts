import { characterDeviceSource } from "../../../lib/rules/fw/character-device-source";
import { RuleTester } from "../../../lib/testing";

const serial = (source: unknown) => ({ name: "a", devices: { serials: [{ source }] } });
const channel = (source: unknown, target: unknown = { virt_io: { name: "org.a" } }) => ({
  name: "a",
  devices: { channels: [{ source, target }] },
});
const tcp = (more: Record<string, unknown> = {}) => ({
  tcp: { mode: "connect", host: "h", service: "1", ...more },
});

RuleTester.run(characterDeviceSource, {
  fails: {
    "a socket without a path": {
      plan: (t) => t.kvm(serial({ unix: { mode: "bind" } })),
      message: 'devices.serials[0].source of "a" is of type unix and has not a path.',
      fix: "set unix.path",
      at: "devices.serials[0].source.unix.path",
    },
    "files, devices and pipes without": {
      plan: (t) =>
        t.kvm({
          devices: {
            serials: [{ source: { file: {} } }],
            parallels: [{ source: { dev: { path: "" } } }],
            consoles: [{ source: { pipe: {} } }],
          },
        }),
      count: 3,
    },
    "a channel that leads into a network": (t) =>
      t.tcg(channel({ unix: { mode: "bind" } }, { guest_fwd: { address: "10.0.2.1", port: "4600" } })),
    "TCP without host and service": {
      plan: (t) => t.kvm(serial(tcp({ host: null, service: null }))),
      message: /tcp and has not a host[\s\S]*tcp and has not a service/,
      count: 2,
    },
    "UDP without a service": {
      plan: (t) => t.kvm(serial({ udp: { connect_host: "h", bind_service: "1" } })),
      at: "devices.serials[0].source.udp.connectService",
    },
    "half a null modem": {
      plan: (t) => t.kvm(serial({ nmdm: { master: "/dev/nmdm0A" } })),
      message: "has not a slave",
    },
    "ports without a name": (t) => t.kvm(channel({ spice_port: {} })),
    "a D-Bus channel without a name": (t) => t.kvm(channel({ dbus: {} })),
    "a port with another name": {
      plan: (t) => t.kvm(channel({ spice_port: { channel: "my channel" } })),
      message: 'is named "my channel"',
    },
    "reconnecting while listening": {
      plan: (t) => t.kvm(serial(tcp({ mode: "bind", reconnect: { enabled: "no" } }))),
      at: "devices.serials[0].source.tcp.reconnect",
    },
    "reconnecting after nothing": {
      plan: (t) =>
        t.kvm({
          devices: {
            serials: [
              { source: tcp({ reconnect: { enabled: "yes", timeout: 0 } }) },
              { source: { unix: { path: "/s", reconnect: { enabled: "yes" } } } },
            ],
          },
        }),
      message: /after 0 seconds[\s\S]*after no seconds/,
      count: 2,
    },
    "random numbers, smart cards and redirected devices": {
      plan: (t) =>
        t.kvm({
          devices: {
            rngs: [{ model: "virtio", backend: { egd: { source: { unix: { mode: "connect" } } } } }],
            smartcards: [{ passthrough: { tcp: { host: "h" } } }],
            redir_devs: [{ bus: "usb", source: { tcp: { host: "h" } } }],
          },
        }),
      count: 3,
    },
  },
  passes: {
    "complete sources": (t) =>
      t.kvm({
        devices: {
          serials: [
            { source: tcp({ reconnect: { enabled: "yes", timeout: 1 } }) },
            { source: { udp: { connect_service: "1" } } },
            { source: { file: { path: "/f" } } },
            { source: { pty: {} } },
            { source: { null: true } },
            {},
          ],
        },
      }),
    "a channel whose path libvirt finds": (t) =>
      t.kvm(channel({ unix: { mode: "bind" } })).kvm(channel({ unix: {} }, { xen: { name: "a" } })),
    "a named port": (t) => t.kvm(channel({ spice_port: { channel: "org.qemu.console.serial.0" } })),
    "values that are known only at apply": (t) => t.kvm(serial({ file: { path: "${var.path}" } })),
    none: (t) => t.kvm(),
    "a Xen guest": (t) => t.xenHvm(serial({ unix: {} })),
  },
  undetermined: {
    "a source that is known only at apply": (t) => t.kvm(serial("${var.source}")),
    "a mode that is known only at apply": (t) =>
      t.kvm(serial(tcp({ mode: "${var.mode}", reconnect: { enabled: "yes", timeout: 1 } }))),
  },
});
