import { terminalIsChosen } from "../../../lib/rules/prv/terminal-is-chosen";
import { RuleTester } from "../../../lib/testing";

const line = (path: string, changes: object = {}) => ({
  name: "web",
  devices: { serials: [{ target: { port: 0 }, source: { pty: { path } } }] },
  ...changes,
});

RuleTester.run(terminalIsChosen, {
  fails: {
    "an empty path": {
      plan: (t) => t.kvm(line("")),
      message:
        'devices.serials[0].source.pty.path of "web" is "" and comes back as the terminal that was free',
      fix: "remove devices.serials[0].source",
      at: "devices.serials[0].source.pty.path",
    },
    "a path": (t) => t.kvm(line("/dev/pts/44")),
    "a path that is late": (t) => t.kvm(line("${var.path}")),
    "a console": (t) =>
      t.kvm({ devices: { consoles: [{ target: { type: "serial" }, source: { pty: { path: "" } } }] } }),
  },
  passes: {
    "no source": (t) => t.kvm({ devices: { serials: [{ target: { port: 0 } }] } }),
    "a log file": (t) => t.kvm({ devices: { serials: [{ source: { file: { path: "/var/log/web" } } }] } }),
    "a guest that is off": (t) => t.kvm(line("", { running: false })),
  },
});
