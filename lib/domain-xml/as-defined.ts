import { isObject, withoutEmptyLists } from "../plan/json";

type Config = Readonly<Record<string, unknown>>;

/**
 * A running domain without what libvirt adds to its XML while it runs: `virsh dumpxml` shows it, `--inactive` does
 * not. Ports, terminals, devices of the host and labels of one run are no part of what somebody asked for.
 */
export function asDefined(domain: Config): Config {
  const devices = Object.entries((domain.devices ?? {}) as Config).map(([key, value]) => [
    key,
    Array.isArray(value)
      ? value.map((device) => deviceAsDefined(key, device as Config))
      : isObject(value)
        ? deviceAsDefined(key, value)
        : value,
  ]);
  const labels = ((domain.secLabel ?? []) as readonly Config[]).filter(({ type }) => type !== "dynamic");
  return withoutEmptyLists({ ...domain, devices: Object.fromEntries(devices) as Config, secLabel: labels });
}

function deviceAsDefined(list: string, device: Config): Config {
  const { alias, ...rest } = device;
  const name = (alias as { name?: string } | undefined)?.name;
  // Only names that begin with ua- are the user's.
  const named = name?.startsWith("ua-") ? { ...rest, alias } : rest;
  return withoutEmptyLists((CLEANERS[list] ?? ((same) => same))(named));
}

const CLEANERS: Readonly<Record<string, (device: Config) => Config>> = {
  disks: ({ backingStore, mirror, ...disk }) => at(disk, "source", ({ index, ...source }) => source),
  interfaces: (nic) =>
    at(
      at(nic, "source", (source) => at(source, "network", ({ bridge, portId, ...network }) => network)),
      "target",
      (target) =>
        /^(vnet|macvtap|macvlan|vif)\d/.test(String(target.dev)) ? without(target, "dev") : target,
    ),
  graphics: (graphics) => at(at(graphics, "vnc", portAsDefined), "spice", portAsDefined),
  channels: (channel) =>
    at(
      at(terminal(channel), "source", (source) => at(source, "unix", unixAsDefined)),
      "target",
      (target) => at(target, "virtIo", ({ state, ...virtIo }) => virtIo),
    ),
  consoles: terminal,
  serials: terminal,
  parallels: terminal,
};

function portAsDefined(server: Config): Config {
  return server.autoPort === true ? without(server, "port", "tlsPort", "websocket") : server;
}

/** libvirt makes a socket of its own where none is named. */
function unixAsDefined(unix: Config): Config {
  return /^\/(var\/lib|run|var\/run)\/libvirt\//.test(String(unix.path)) ? without(unix, "path") : unix;
}

/** A pseudo terminal, which is what libvirt gives when nobody says what. */
function terminal({ tty, ...device }: Config): Config {
  return isObject(device.source) && "pty" in device.source ? without(device, "source") : device;
}

function at(config: Config, key: string, change: (inner: Config) => Config): Config {
  const inner = config[key];
  return isObject(inner) ? { ...config, [key]: change(inner) } : config;
}

function without(config: Config, ...keys: readonly string[]): Config {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !keys.includes(key)));
}
