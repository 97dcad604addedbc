import { uniquePort } from "../../../lib/rules/unq/unique-port";
import { RuleTester } from "../../../lib/testing";

const vnc = (port: unknown, more: object = {}) => ({ vnc: { port, ...more } });
const spice = (port: unknown, more: object = {}) => ({ spice: { port, ...more } });
const shown = (name: string, ...graphics: object[]) => ({ name, devices: { graphics } });
const tcp = (service: unknown, host: string | undefined = "127.0.0.1", mode = "bind") => ({
  source: { tcp: { mode, host, service } },
});
const lines = (name: string, kind: string, ...devices: object[]) => ({ name, devices: { [kind]: devices } });

RuleTester.run(uniquePort, {
  fails: {
    "two displays on one port": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvm(shown("a", vnc(5901)))
          .kvm(shown("b", vnc(5901, { listen: "127.0.0.2" }))),
      severity: "error",
      message: 'Port 5901 of "h1" is asked for by "a" and "b".',
      fix: "leave out the port and set autoPort",
      at: "devices.graphics[0].vnc.port",
      places: ["a", "b"],
    },
    "VNC and SPICE": (t) => t.kvm(shown("a", vnc(5901))).kvm(shown("b", spice(5901))),
    "SPICE's port and its port for TLS": (t) =>
      t.kvm(shown("a", spice(5901))).kvm(shown("b", spice(5999, { tls_port: 5901 }))),
    "a display and a websocket, also beside an automatic port": (t) =>
      t.kvm(shown("a", vnc(5901))).kvm(shown("b", vnc(undefined, { auto_port: true, web_socket: 5901 }))),
    "twice in one guest": {
      plan: (t) => t.kvm(shown("a", vnc(5901), spice(5901))),
      message: 'is asked for by "a" 2 times',
      at: "devices.graphics[1].spice.port",
    },
    "instances of one guest": {
      plan: (t) => t.kvm({ ...shown("a", vnc(5901)), count: 2 }),
      message: '2 instances of "a"',
      at: "devices.graphics[0].vnc.port",
    },
    "serial lines, parallel lines and channels": {
      plan: (t) =>
        t
          .kvm(lines("a", "serials", tcp("4555")))
          .kvm(lines("b", "parallels", {}, tcp("4555")))
          .kvm(lines("c", "channels", tcp("4555"))),
      message: 'Port 127.0.0.1:4555 of "kvm1" is asked for by "a", "b" and "c".',
      at: "devices.serials[0].source.tcp.service",
    },
    "emulated guests": (t) => t.tcg(shown("a", vnc(5901, { auto_port: false }))).tcg(shown("b", vnc(5901))),
    "guests of which all but one are switched off, as a warning": {
      plan: (t) => t.kvm(shown("a", vnc(5901))).kvm({ ...shown("b", vnc(5901)), running: false }),
      severity: "warning",
    },
  },
  passes: {
    "ports of their own": (t) =>
      t.kvm(shown("a", vnc(5901), spice(5902, { tls_port: 5903 }))).kvm(shown("b", vnc(5904))),
    "automatic ports": (t) =>
      t
        .kvm(shown("a", vnc(5901, { auto_port: true }), spice(5902, { auto_port: true, tls_port: 5903 })))
        .kvm(shown("b", vnc(5901, { auto_port: true }), spice(5902, { auto_port: true, tls_port: 5903 })))
        .kvm(shown("c", vnc(-1), spice(0)))
        .kvm(shown("d", vnc(-1), spice(0))),
    "one port on two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ ...shown("a", vnc(5901)), host: "h1" })
        .kvm({ ...shown("b", vnc(5901)), host: "h2" }),
    "lines on two addresses, and lines that call": (t) =>
      t
        .kvm(lines("a", "serials", tcp("4555"), tcp("4556", undefined, "connect")))
        .kvm(lines("b", "serials", tcp("4555", "127.0.0.2"), tcp("4556", undefined, "connect"))),
    "the console of a serial line, which is the same": (t) =>
      t.kvm({ name: "a", devices: { serials: [tcp("4555")], consoles: [tcp("4555")] } }),
    "instances with ports of their own": (t) =>
      t.kvm({ ...shown("a", vnc("${count.index + 5901}")), count: 2 }),
    "Xen guests": (t) => t.xenHvm(shown("a", vnc(5901))).xenHvm(shown("b", vnc(5901))),
    "a single port known only at apply": (t) => t.kvm(shown("a", vnc("${var.port}"))),
    "no displays": (t) => t.kvm(),
  },
  undetermined: {
    "a port known only at apply": {
      plan: (t) => t.kvm(shown("a", vnc(5901))).kvm(shown("b", vnc("${var.port}"))),
      reason: "a port is known only at apply",
    },
    "a port that libvirt may choose after all": {
      plan: (t) => t.kvm(shown("a", vnc(5901))).kvm(shown("b", vnc(5901, { auto_port: "${var.auto}" }))),
      reason: "which guests run together is known only at apply",
    },
    "a number of instances known only at apply": (t) =>
      t.kvm({ ...shown("a", vnc(5901)), count: "${var.n}" }),
  },
});
