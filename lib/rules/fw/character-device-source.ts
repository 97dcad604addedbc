import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesChannelsSource } from "../../provider/domain";
import { defineRule, fail, notApplicable, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

type Source = Planned<DomainDevicesChannelsSource>;

/** What a name of a SPICE port is made of. */
const PORT_NAME = /^[A-Za-z0-9_.-]+$/;

/** A serial port, a channel and the like end somewhere on the host, which the plan must say. */
export const characterDeviceSource = defineRule({
  code: "VIRT-FW-022",
  slug: "character-device-source",
  severity: "error",
  stage: "define",
  title: "The source of a character device must be complete",
  why: "A file, device, pipe or UNIX socket has a path, TCP a host and a service, UDP the service that it sends to, a SPICE port a name. libvirt finds a path by itself only for the socket of a virtio or Xen channel. Reconnecting is for the side that connects, after at least a second.",
  fix: "Give what the kind of source needs, or leave the source out for a pseudo terminal.",
  sources: [
    "libvirt domain_validate.c virDomainChrSourceDefValidate; qemu_validate.c qemuValidateDomainChrSourceReconnectDef",
    "tried: libvirt 9.0.0, define of serial, parallel, console and channel of type file, dev and pipe without path, of a unix serial and a guestfwd channel without: Missing source path attribute for char device; tcp without host or service, udp without service, on rng, redirdev and smartcard, too: Missing source host (service) attribute; spiceport and dbus without channel: Missing source channel attribute; a redirdev of type dbus is defined without; of name 'my channel' and 'a/b': Invalid character in source channel; nmdm with half: both master and slave; reconnect of mode bind, enabled or not: only for connect mode; timeout 0: cannot be '0'; an empty path is defined and fails at start; udp with a service alone and a unix channel without path start",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    let any = false;
    for (const { at, source, findsPath } of sourcesOf(guest)) {
      any = true;
      if (isLate(source)) yield undetermined("the source of a character device is known only at apply");
      else yield* checkSource(guest, at, source, findsPath);
    }
    if (!any) yield notApplicable;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { serials: [{ source: { unix: { mode: "bind" } } }] } }),
    good: (plan) =>
      plan.kvm({ devices: { serials: [{ source: { unix: { mode: "bind", path: "/run/a.sock" } } }] } }),
  },
});

interface Place {
  readonly at: string;
  readonly source: Source;
  /** Whether libvirt chooses the path of a socket. */
  readonly findsPath: boolean;
}

function* sourcesOf({ domain: { devices } }: PlanGuest): Iterable<Place> {
  for (const kind of ["serials", "parallels", "consoles", "redirDevs"] as const) {
    for (const [index, { source }] of (devices?.[kind] ?? []).entries()) {
      if (source) yield { at: `devices.${kind}[${index}].source`, source, findsPath: false };
    }
  }
  for (const [index, { source, target }] of (devices?.channels ?? []).entries()) {
    const findsPath = target?.virtIo !== undefined || target?.xen !== undefined;
    if (source) yield { at: `devices.channels[${index}].source`, source, findsPath };
  }
  for (const [index, { passthrough }] of (devices?.smartcards ?? []).entries()) {
    if (passthrough)
      yield { at: `devices.smartcards[${index}].passthrough`, source: passthrough, findsPath: false };
  }
  for (const [index, { backend }] of (devices?.rngs ?? []).entries()) {
    const source = backend?.egd?.source;
    if (source) yield { at: `devices.rngs[${index}].backend.egd.source`, source, findsPath: false };
  }
}

function* checkSource(
  { label }: PlanGuest,
  at: string,
  source: Source,
  findsPath: boolean,
): Iterable<Outcome> {
  const missing: [attribute: string, value: unknown, what: string][] = [];
  for (const kind of ["file", "dev", "pipe"] as const) {
    if (source[kind]) missing.push([`${kind}.path`, source[kind].path, "a path"]);
  }
  if (source.unix && !findsPath) missing.push(["unix.path", source.unix.path, "a path"]);
  if (source.tcp) {
    missing.push(
      ["tcp.host", source.tcp.host, "a host"],
      ["tcp.service", source.tcp.service, "a service (port)"],
    );
  }
  if (source.udp)
    missing.push(["udp.connectService", source.udp.connectService, "a service (port) to send to"]);
  if (source.nmdm) {
    missing.push(
      ["nmdm.master", source.nmdm.master, "a master"],
      ["nmdm.slave", source.nmdm.slave, "a slave"],
    );
  }
  if (source.spicePort) missing.push(["spicePort.channel", source.spicePort.channel, "a name"]);
  // A redirected USB device needs no name on the bus.
  if (source.dbus && !at.startsWith("devices.redirDevs"))
    missing.push(["dbus.channel", source.dbus.channel, "a name"]);
  for (const [attribute, value, what] of missing) {
    if (value) continue;
    yield fail({
      at: `${at}.${attribute}`,
      message: `${at} of "${label}" is of type ${attribute.split(".")[0]!.toLowerCase()} and has not ${what}.`,
      fix: `set ${attribute}, or remove the source for a pseudo terminal`,
    });
  }
  const name = source.spicePort?.channel;
  if (name && !isLate(name) && !PORT_NAME.test(name)) {
    yield fail({
      at: `${at}.spicePort.channel`,
      message: `The SPICE port of "${label}" is named "${name}"; a name has letters, digits, dots, dashes and underscores.`,
      fix: "use a name such as org.qemu.console.serial.0",
    });
  }
  for (const kind of ["tcp", "unix"] as const) {
    const { mode, reconnect } = source[kind] ?? {};
    if (reconnect === undefined) continue;
    if (isLate(mode) || isLate(reconnect) || isLate(reconnect.timeout)) {
      yield undetermined("the source of a character device is known only at apply");
    } else if (mode === "bind") {
      yield fail({
        at: `${at}.${kind}.reconnect`,
        message: `${at} of "${label}" waits for connections (mode bind) and is to reconnect; only the side that connects can.`,
        fix: 'remove reconnect, or set mode to "connect"',
      });
    } else if (reconnect.enabled === "yes" && !reconnect.timeout) {
      yield fail({
        at: `${at}.${kind}.reconnect.timeout`,
        message: `${at} of "${label}" is to reconnect after ${reconnect.timeout ?? "no"} seconds (reconnect.timeout).`,
        fix: "set it to 1 or more",
      });
    }
  }
  yield pass;
}
