import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, notApplicable, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { GRAPHICS, graphicsKind } from "./graphics";

/** QEMU has one server of each kind, and it listens in one place. */
export const oneGraphicsOfAType = defineRule({
  code: "VIRT-GFX-001",
  slug: "one-graphics-of-a-type",
  severity: "error",
  stage: "start",
  title: "A guest has one graphics device of a type, which listens in one place",
  why: "VNC and SPICE can be had side by side, two of a type cannot. Nor can a server listen on two addresses. libvirt defines such a guest and refuses to start it.",
  fix: "Keep one graphics device of each type with one listener; 0.0.0.0 or :: listens on all addresses.",
  sources: [
    "libvirt qemu_command.c qemuBuildCommandLineValidate; qemu_process.c qemuProcessStartValidateGraphics",
    "tried: libvirt 9.0.0, start with two vnc, spice, sdl and dbus devices: only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported; with two listeners, of addresses or a socket: QEMU does not support multiple listens for one graphics device; vnc beside dbus starts",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    const all = guest.domain.devices?.graphics ?? [];
    if (all.length === 0) return yield notApplicable;
    yield* repeated(guest);
    for (const [index, graphics] of all.entries()) {
      const kind = graphicsKind(graphics);
      if (kind === undefined) {
        // One alone cannot be the second.
        if (isLate(graphics) && all.length > 1)
          yield undetermined("the graphics of a guest are known only at apply");
        continue;
      }
      const listeners = kind === "vnc" || kind === "spice" ? (graphics[kind]?.listeners ?? []) : [];
      if (listeners.length < 2) yield pass;
      else {
        yield fail({
          at: `devices.graphics[${index}].${kind}.listeners[1]`,
          message: `The ${GRAPHICS[kind]} server of "${guest.label}" has ${listeners.length} listeners; QEMU listens in one place.`,
          fix: 'keep one listener; the address "0.0.0.0" or "::" stands for all',
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true } }, { vnc: { auto_port: true } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true } }, { spice: { auto_port: true } }] } }),
  },
});

function* repeated({ domain, label }: PlanGuest): Iterable<Outcome> {
  const places = (domain.devices?.graphics ?? []).map((graphics, index) => ({
    kind: graphicsKind(graphics),
    index,
  }));
  for (const [kind, same] of groupBy(places, (place) => place.kind)) {
    if (same.length < 2 || kind === "rdp" || kind === "desktop") continue;
    yield fail({
      at: `devices.graphics[${same[1]!.index}]`,
      message: `"${label}" has ${same.length} graphics devices of type ${GRAPHICS[kind]}; QEMU has one.`,
      fix: `keep devices.graphics[${same[0]!.index}] and remove the other`,
    });
  }
}
