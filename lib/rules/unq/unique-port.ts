import type { PlanGuest } from "../../plan/guest";
import { textsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { guestsOf, together, type Use, usersText } from "../together";

interface PortUse extends Use {
  readonly at: string;
  /** Port of the host, perhaps with its address. */
  readonly port: string;
}

/** A port of the host listens for one program. */
export const uniquePort = defineRule({
  code: "VIRT-UNQ-006",
  slug: "unique-port",
  severity: "error",
  stage: "start",
  title: "A fixed port of the host can serve one display or serial line",
  why: "libvirt reserves the port of each VNC and SPICE display for the whole host, whatever address it listens on, and QEMU cannot listen where another already does: the second guest is refused at start.",
  fix: "Leave the port to libvirt (autoPort), or give each display and line another.",
  sources: [
    "libvirt qemu_process.c qemuProcessGraphicsReservePorts, virportallocator.c",
    "tried: libvirt 9.0.0 refuses the second guest with VNC, SPICE or websocket port 5955 (Failed to reserve port), also on another address, and SPICE beside VNC in one guest; a serial line on a TCP port in use fails in QEMU: Address already in use; a port beside autoport is ignored",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const uses = plan
      .guestsOn(host)
      .filter((guest) => guest.isQemu)
      .flatMap(portUses);
    if (uses.length === 0) return yield notApplicable;
    yield pass;
    for (const [port, same] of groupBy(uses, (use) => use.port)) {
      const verdict = together(same);
      if (verdict === "perhaps") yield undetermined("which guests run together is known only at apply");
      if (verdict !== "several" && verdict !== "alternately") continue;
      const alone = guestsOf(same).length === 1 && !same[0]!.guest.repeated;
      yield fail({
        severity: verdict === "several" ? "error" : "warning",
        at: same[alone ? 1 : 0]!.at,
        key: port,
        places: guestsOf(same),
        message: `Port ${port} of "${host.label}" is asked for by ${alone ? `"${same[0]!.guest.label}" ${same.length} times` : usersText(same)}.`,
        fix: "leave out the port and set autoPort, or use another port for each",
      });
    }
    if (uses.length > 1 && uses.some(({ port }) => isLate(port))) {
      yield undetermined("a port is known only at apply");
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvm({ name: "a", devices: { graphics: [{ vnc: { port: 5901, auto_port: false } }] } })
        .kvm({ name: "b", devices: { graphics: [{ vnc: { port: 5901, auto_port: false } }] } }),
    good: (plan) =>
      plan
        .kvm({ name: "a", devices: { graphics: [{ vnc: { port: 5901, auto_port: false } }] } })
        .kvm({ name: "b", devices: { graphics: [{ vnc: { port: 5902, auto_port: false } }] } }),
  },
});

interface Asked {
  readonly at: string;
  readonly port: unknown;
  readonly host?: string;
  /** Whether libvirt may choose another port after all. */
  readonly auto?: unknown;
}

function portUses(guest: PlanGuest): PortUse[] {
  return [...askedPorts(guest)].flatMap(({ at, port, host, auto }) => {
    // Minus one asks for any port.
    if (port === undefined || auto === true || (!isLate(port) && Number(port) <= 0)) return [];
    const text = host === undefined ? String(port) : `${host}:${port}`;
    const texts = textsOf(guest, text);
    const uncertain = texts === undefined || isLate(auto);
    return (texts ?? [text]).map((each) => ({ guest, at, port: each, uncertain }));
  });
}

function* askedPorts({ domain }: PlanGuest): Iterable<Asked> {
  const { graphics = [], serials = [], parallels = [], channels = [] } = domain.devices ?? {};
  for (const [index, { vnc, spice }] of graphics.entries()) {
    const at = `devices.graphics[${index}]`;
    yield { at: `${at}.vnc.port`, port: vnc?.port, auto: vnc?.autoPort };
    yield { at: `${at}.vnc.webSocket`, port: vnc?.webSocket };
    yield { at: `${at}.spice.port`, port: spice?.port, auto: spice?.autoPort };
    yield { at: `${at}.spice.tlsPort`, port: spice?.tlsPort, auto: spice?.autoPort };
  }
  // A console is but another name for the first serial line.
  for (const [kind, devices] of Object.entries({ serials, parallels, channels })) {
    for (const [index, { source }] of devices.entries()) {
      if (source?.tcp?.mode !== "bind") continue;
      const { host, service } = source.tcp;
      yield { at: `devices.${kind}[${index}].source.tcp.service`, port: service, host };
    }
  }
}
