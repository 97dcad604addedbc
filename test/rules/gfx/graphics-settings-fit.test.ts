import { graphicsSettingsFit } from "../../../lib/rules/gfx/graphics-settings-fit";
import { RuleTester } from "../../../lib/testing";

const graphics = (...all: unknown[]) => ({ name: "web", devices: { graphics: all } });

RuleTester.run(graphicsSettingsFit, {
  fails: {
    "egl-headless beside sdl and dbus": {
      plan: (t) => t.kvm(graphics({ egl_headless: {} }, { sdl: {} }, { dbus: {} })),
      count: 2,
      message: '"web" has graphics of type sdl beside egl-headless, which only vnc and spice can show.',
      fix: "use vnc or spice instead",
      at: "devices.graphics[1]",
    },
    "two that draw": {
      plan: (t) => t.kvm(graphics({ spice: { gl: { enable: "yes" } } }, { egl_headless: {} })),
      message: '"web" draws twice with the GPU of its host',
      at: "devices.graphics[0].spice.gl",
    },
    "a D-Bus address and a peer": {
      plan: (t) => t.kvm(graphics({ dbus: { p2p: "yes", address: "unix:path=/run/d" } })),
      fix: "remove address, or p2P",
    },
    "clients of VNC that are to go": {
      plan: (t) => t.kvm(graphics({ vnc: { passwd: "secret", connected: "disconnect" } })),
      message: "is to disconnect its clients when the password changes; VNC can only keep them",
    },
  },
  passes: {
    "egl-headless alone, and with those that show it": (t) =>
      t.kvm(graphics({ egl_headless: {} })).kvm({
        ...graphics({ egl_headless: {} }, { vnc: {} }, { spice: { gl: { enable: "no" } } }),
        name: "b",
      }),
    "spice that draws": (t) =>
      t.kvm(graphics({ spice: { gl: { enable: "yes" } } }, { dbus: { p2p: "yes" } })),
    "connected without a password, and kept": (t) =>
      t.kvm(
        graphics(
          { vnc: { connected: "disconnect" } },
          { dbus: { p2p: "no", address: "a" } },
          {
            vnc: { connected: "keep", passwd: "x" },
          },
        ),
      ),
  },
  undetermined: {
    "late graphics": {
      plan: (t) => t.kvm(graphics({ egl_headless: {} }, "${var.graphics}")),
      reason: "the graphics of a guest are known only at apply",
    },
    "a late p2p": (t) => t.kvm(graphics({ dbus: { p2p: "${var.p}", address: "a" } })),
    "a late choice": (t) => t.kvm(graphics({ vnc: { connected: "${var.c}", passwd: "x" } })),
  },
});
