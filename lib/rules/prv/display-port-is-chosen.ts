import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

interface Port {
  readonly at: string;
  readonly port: unknown;
  /** Whether libvirt chooses the port whatever is stated. */
  readonly auto: unknown;
}

/** A port that stands for "any" becomes the one that was chosen. */
export const displayPortIsChosen = defineRule({
  code: "VIRT-PRV-009",
  slug: "display-port-is-chosen",
  severity: "error",
  stage: "apply",
  title: "A display whose port libvirt chooses must not state one",
  why: WHY,
  fix: "Set autoPort to true and leave out port, tlsPort and webSocket; or state a port of your own and no autoPort.",
  sources: [
    `${MEASURED}: vnc port -1 and 0, spice port -1, webSocket -1, and port 5988 or -1 beside autoPort come back as the chosen port, spice tlsPort -1 as null; on guests that run`,
  ],
  needs: ["guest"],
  on: having(
    qemuGuests,
    "devices.graphics[].vnc.port",
    "devices.graphics[].vnc.webSocket",
    "devices.graphics[].spice.port",
    "devices.graphics[].spice.tlsPort",
  ),
  *check(guest) {
    // A guest that is off has no port yet.
    if (guest.domain.running !== true) return;
    for (const { at, port, auto } of ports(guest)) {
      if (port === undefined) continue;
      if (isLate(port) || isLate(auto)) yield undetermined("the port of a display is known only at apply");
      else yield outcomeOf(guest, at, port as number, auto === true);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { port: -1 } }] } }),
    good: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true } }] } }),
  },
});

function outcomeOf(guest: PlanGuest, at: string, port: number, auto: boolean): Outcome {
  if (port > 0 && !auto) return pass;
  const name = at.split(".").at(-1)!;
  const fix =
    name === "webSocket" ? "remove webSocket, or state a port" : `set autoPort to true and remove ${name}`;
  return readBack(guest, at, port, "as the port that libvirt chose", fix);
}

function* ports({ domain }: PlanGuest): Iterable<Port> {
  for (const [index, { vnc, spice }] of (domain.devices?.graphics ?? []).entries()) {
    const at = `devices.graphics[${index}]`;
    yield { at: `${at}.vnc.port`, port: vnc?.port, auto: vnc?.autoPort };
    yield { at: `${at}.vnc.webSocket`, port: vnc?.webSocket, auto: false };
    yield { at: `${at}.spice.port`, port: spice?.port, auto: spice?.autoPort };
    yield { at: `${at}.spice.tlsPort`, port: spice?.tlsPort, auto: spice?.autoPort };
  }
}
