import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { GRAPHICS, type Graphics, graphicsKind, hasGraphics } from "./graphics";

/** What can show what egl-headless draws. */
const BESIDE_EGL = ["vnc", "spice", "eglHeadless"];

/** Graphics draw in one place, and show it in another. */
export const graphicsSettingsFit = defineRule({
  code: "VIRT-GFX-083",
  slug: "graphics-settings-fit",
  severity: "error",
  stage: "define",
  title: "Settings of graphics must not contradict each other",
  why: "egl-headless draws with the GPU of the host and leaves the showing to VNC or SPICE, which then must not draw by itself. D-Bus graphics have an address, or wait for a peer. VNC keeps its clients when the password changes, and can do nothing else.",
  fix: "Use egl-headless beside vnc, or spice without gl.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefGraphics; domain_validate.c virDomainGraphicsDefValidate; domain_conf.c virDomainGraphicsAuthDefParseXML",
    "tried: libvirt 9.0.0, define of egl-headless beside sdl and dbus: is only supported with one of: 'vnc', 'spice' graphics types; beside spice with gl: multiple OpenGL displays are not supported; of dbus with p2p and address: D-Bus p2p with an address is not supported; of vnc with a password and connected disconnect: VNC supports connected='keep' only, which without a password is defined; egl-headless alone is defined",
  ],
  needs: ["guest"],
  on: having(
    qemuGuests,
    "devices.graphics[].eglHeadless",
    "devices.graphics[].dbus",
    "devices.graphics[].vnc.connected",
  ),
  *check(guest): Iterable<Outcome> {
    const egl = hasGraphics(guest, "eglHeadless");
    for (const [index, graphics] of (guest.domain.devices?.graphics ?? []).entries()) {
      if (isLate(graphics)) yield undetermined("the graphics of a guest are known only at apply");
      else yield checkGraphics(guest, graphics, index, egl === true);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ egl_headless: {} }, { sdl: {} }] } }),
    good: (plan) => plan.kvm({ devices: { graphics: [{ egl_headless: {} }, { vnc: { auto_port: true } }] } }),
  },
});

function checkGraphics({ label }: PlanGuest, graphics: Graphics, index: number, egl: boolean): Outcome {
  const at = `devices.graphics[${index}]`;
  const { dbus, spice, vnc } = graphics;
  const kind = graphicsKind(graphics);
  if (egl && kind !== undefined && !BESIDE_EGL.includes(kind)) {
    return fail({
      at,
      message: `"${label}" has graphics of type ${GRAPHICS[kind]} beside egl-headless, which only vnc and spice can show.`,
      fix: "use vnc or spice instead, or remove eglHeadless",
    });
  }
  if (egl && spice?.gl?.enable === "yes") {
    return fail({
      at: `${at}.spice.gl`,
      message: `"${label}" draws twice with the GPU of its host: SPICE has gl, and there is egl-headless.`,
      fix: "remove spice.gl, or eglHeadless",
    });
  }
  if (dbus?.p2P === "yes" && dbus.address !== undefined) {
    return fail({
      at: `${at}.dbus.address`,
      message: `The D-Bus graphics of "${label}" have an address and wait for a peer (p2P).`,
      fix: "remove address, or p2P",
    });
  }
  if ([spice?.gl?.enable, dbus?.p2P, vnc?.connected].some(isLate)) {
    return undetermined("settings of the graphics of a guest are known only at apply");
  }
  if (vnc?.passwd !== undefined && vnc.connected !== undefined && vnc.connected !== "keep") {
    return fail({
      at: `${at}.vnc.connected`,
      message: `The VNC server of "${label}" is to ${vnc.connected} its clients when the password changes; VNC can only keep them.`,
      fix: 'remove connected, or set it to "keep"',
    });
  }
  return pass;
}
