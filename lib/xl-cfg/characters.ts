import type { DomainDevices, DomainDevicesSerials } from "../provider/domain";
import type { Options } from "./options";
import { KeyValues } from "./spec";
import { XlCfgError, type XlText } from "./syntax";
import type { XlType } from "./type";

type Characters = Pick<DomainDevices, "serials" | "consoles" | "channels">;

/** Consoles, serial ports and channels. */
export function charactersOf(options: Options, type: XlType): Characters {
  const channels = channelsOf(options);
  const shared = channels.length > 0 ? { channels } : {};
  if (type !== "hvm") {
    return { consoles: [{ target: { type: "xen", port: 0 } }], ...shared };
  }
  if (options.text("parallel") !== "none")
    options.lose("parallel", "libvirt's Xen driver has no parallel ports");
  const serials = options
    .textOrTexts("serial")
    .flatMap((text, port) => (text.text === "none" ? [] : [{ ...serialOf(text), target: { port } }]));
  if (serials.length === 0) return shared;
  return { serials, consoles: [{ target: { type: "serial", port: 0 } }], ...shared };
}

/** What is behind a serial port, as QEMU writes it. */
function serialOf(text: XlText): Pick<DomainDevicesSerials, "source" | "protocol"> {
  const [kind = "", rest = ""] = text.text.startsWith("/") ? ["dev", text.text] : text.text.split(/:(.*)/s);
  switch (kind) {
    case "pty":
      return {};
    case "null":
      return { source: { null: true } };
    case "stdio":
      return { source: { stdIo: true } };
    case "vc":
      return { source: { vc: true } };
    case "dev":
      return { source: { dev: { path: rest } } };
    case "file":
      return { source: { file: { path: rest } } };
    case "pipe":
      return { source: { pipe: { path: rest } } };
    case "unix": {
      const [path = "", ...flags] = rest.split(",");
      return { source: { unix: { path, mode: modeOf(flags) } } };
    }
    case "tcp":
    case "telnet": {
      const [address = "", ...flags] = rest.split(",");
      const [, host = "", service] = /^(.*):([^:]+)$/.exec(address) ?? [];
      if (service === undefined)
        throw new XlCfgError(`serial is ${text.text}: expected ${kind}:HOST:PORT`, text);
      const isTelnet = kind === "telnet";
      return {
        source: { tcp: { ...(host !== "" && { host }), service, mode: modeOf(flags) } },
        ...(isTelnet && { protocol: { type: "telnet" } }),
      };
    }
    case "udp": {
      const [connect = "", bind = ""] = rest.split("@");
      const [connectHost = "", connectService = ""] = connect.split(":");
      const [bindHost = "", bindService = ""] = bind.split(":");
      return { source: { udp: { connectHost, connectService, bindHost, bindService } } };
    }
    default:
      throw new XlCfgError(
        `serial is ${JSON.stringify(text.text)}: expected pty, null, stdio, a device, or file:, pipe:, unix:, tcp:, telnet:, udp: and what follows`,
        text,
      );
  }
}

function modeOf(flags: readonly string[]): string {
  return flags.some((flag) => flag === "server" || flag === "server=on") ? "bind" : "connect";
}

function channelsOf(options: Options): NonNullable<DomainDevices["channels"]> & object[] {
  return options.texts("channel").map((text, index) => {
    const at = `channel[${index}]`;
    const values = new KeyValues(text, at);
    const connection = values.take("connection");
    const name = values.take("name");
    const path = values.take("path");
    for (const [key, value] of values.rest)
      options.losePart(`${at}: ${key}`, value, text, "libvirt has no word for it");
    if (connection !== "pty" && connection !== "socket") {
      throw new XlCfgError(`${at} has the connection ${connection ?? "none"}: expected pty or socket`, text);
    }
    if (connection === "socket" && path === undefined)
      throw new XlCfgError(`${at} needs path=/path/of/the/socket`, text);
    return {
      ...(connection === "socket" && { source: { unix: { mode: "bind", path } } }),
      target: { xen: { ...(name !== undefined && { name }) } },
    };
  });
}
