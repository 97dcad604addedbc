import { IPv4 } from "ipaddr.js";
import type { XmlKind } from "../domain-xml";
import { isObject } from "../plan/json";
import { toKiB } from "../plan/units";
import { QEMU_VIDEO_MEMORY, XEN_VIDEO_MEMORY } from "../plan/video-memory";

type Config = Readonly<Record<string, unknown>>;

/**
 * A configuration without what says nothing: what libvirt adds of itself to a definition, and amounts in their largest
 * whole unit. Two configurations that are the same afterwards are the same machine.
 */
export function withoutDefaults(kind: XmlKind, config: Config): Config {
  return compact(WITHOUT_DEFAULTS[kind](config)) as Config;
}

/** The same for a program: with those defaults that the provider takes for a change when libvirt adds them. */
export function forProgram(kind: XmlKind, config: Config): Config {
  const plain = withoutDefaults(kind, config);
  const given = (config.devices ?? {}) as Config;
  return change(plain, {
    devices: (devices) => ({
      ...devices,
      ...(given.videos !== undefined && { videos: given.videos }),
      ...(isList(devices.disks) && {
        disks: devices.disks.map((disk, index) => {
          const { readOnly } = (given.disks as readonly Config[])[index]!;
          return readOnly === true ? { ...(disk as Config), readOnly } : disk;
        }),
      }),
    }),
  });
}

const WITHOUT_DEFAULTS: Readonly<Record<XmlKind, (config: Config) => Config>> = {
  domain: (config) => {
    const { memory, memoryUnit, currentMemory, currentMemoryUnit, ...rest } = config;
    const [all, current] = [inWhole(memory, memoryUnit), inWhole(currentMemory, currentMemoryUnit)];
    const isAll = all !== undefined && current?.amount === all.amount && current?.unit === all.unit;
    const stripped = without(
      {
        ...rest,
        ...(all && { memory: all.amount, memoryUnit: all.unit }),
        ...(current && !isAll && { currentMemory: current.amount, currentMemoryUnit: current.unit }),
      },
      { vcpuPlacement: "static", onPoweroff: "destroy", onReboot: "restart", onCrash: "destroy" },
    );
    return change(stripped, {
      clock: (clock) => orNothing(without(clock, { offset: "utc" })),
      cpu: (cpu) => (same(cpu, DEFAULT_CPU) ? undefined : orNothing(withoutCpuDefaults(cpu))),
      os: (os) => (isBootedFromDisk(os) ? { ...os, bootDevices: undefined } : os),
      resource: (resource) => orNothing(without(resource, { partition: "/machine" })),
      metadata: ({ xml }) => ({ xml: withoutIndentation(String(xml ?? "")) }),
      devices: (devices) => orNothing(withoutDeviceDefaults(devices, config)),
    });
  },
  network: (config) =>
    change(config, {
      bridge: (bridge) => orNothing(without(bridge, { stp: "on", delay: "0" })),
      forward: (forward) => {
        const { nat, interfaces, ...rest } = forward;
        const isUsual = same(nat, { ports: [{ start: 1024, end: 65535 }] });
        const isRepeated = same(interfaces, [{ dev: forward.dev }]);
        return { ...rest, nat: isUsual ? undefined : nat, interfaces: isRepeated ? undefined : interfaces };
      },
      // The bridge's own address, which libvirt chooses.
      mac: () => undefined,
      ips: items((ip) => withPrefix(without(ip, { family: "ipv4" }))),
    }),
  pool: (config) =>
    change(config, { source: orNothing, target: ({ timestamps, permissions, ...target }) => target }),
  volume: ({ capacity, capacityUnit, type: _, ...config }) => {
    const whole = inWhole(capacity, capacityUnit, "bytes");
    return change(
      { ...config, ...(whole && { capacity: whole.amount, capacityUnit: whole.unit }) },
      {
        target: ({ timestamps, permissions, compat, clusterSize, ...target }) => target,
        backingStore: ({ permissions, timestamps, ...store }) => store,
      },
    );
  },
};

/** What QEMU takes, and libvirt writes down, where a guest names no CPU. */
const DEFAULT_CPU: Config = {
  mode: "custom",
  match: "exact",
  check: "none",
  model: "qemu64",
  modelFallback: "forbid",
};

/** `check` tells how libvirt compares the CPU with the host's; a mode has one of its own. */
function withoutCpuDefaults(cpu: Config): Config {
  const check = { "host-model": "partial", "host-passthrough": "none", maximum: "none" }[String(cpu.mode)];
  const isNamed = cpu.model !== undefined;
  return without(cpu, {
    ...(check !== undefined && { check, migratable: true }),
    ...(check !== undefined && !isNamed && { modelFallback: "allow" }),
  });
}

/** Where nothing else is said, libvirt adds this. */
function isBootedFromDisk({ bootDevices }: Config): boolean {
  return same(bootDevices, [{ dev: "hd" }]);
}

function withoutDeviceDefaults(devices: Config, { type, os }: Config): Config {
  const machine = String((os as Config | undefined)?.typeMachine ?? "");
  const isXen = type === "xen";
  const hasSerial = isList(devices.serials) && devices.serials.length > 0;
  const graphics = isList(devices.graphics) ? (devices.graphics as Config[]) : [];
  return change(devices, {
    emulator: (path: unknown) =>
      /^\/usr\/(bin|libexec|lib\/xen[^/]*\/bin)\/(qemu-(system-\w+|kvm)|kvm)$/.test(String(path))
        ? undefined
        : path,
    audios: (audios) => {
      const added = graphics.some(({ spice }) => spice !== undefined) ? ["none", "spice"] : ["none"];
      return added.some((each) => same(audios, [{ id: 1, [each]: {} }])) ? undefined : audios;
    },
    inputs: kept((input) => !(input.type !== "tablet" && input.bus === (isXen ? "xen" : "ps2"))),
    controllers: kept((controller) => !isAddedController(controller, machine, isXen)),
    memBalloon: (balloon) => (same(balloon, { model: isXen ? "xen" : "virtio" }) ? undefined : balloon),
    // Since 9.1, of q35.
    watchdogs: kept((watchdog) => !same(watchdog, { model: "itco", action: "reset" })),
    serials: items((serial) =>
      change(pseudoTerminal(serial), {
        target: (target) =>
          without(change(target, { model: (model) => orNothing(without(model, { name: "isa-serial" })) }), {
            type: "isa-serial",
          }),
      }),
    ),
    parallels: items(pseudoTerminal),
    // The first serial port is the console as well.
    consoles: (consoles) =>
      hasSerial && same(consoles, [{ target: { type: "serial", port: 0 } }]) ? undefined : consoles,
    channels: items((channel) =>
      change(pseudoTerminal(channel), {
        source: (source) => change(source, { unix: (unix) => without(unix, { mode: "bind" }) }),
      }),
    ),
    disks: items((disk) => {
      const isEmpty = disk.device === "cdrom" && isBare(disk.source);
      const driver = isEmpty
        ? orNothing(without((disk.driver ?? {}) as Config, { type: "raw" }))
        : disk.driver;
      const source = same(disk.source, { file: {} }) ? undefined : disk.source;
      const plain = without(
        { ...disk, driver, source },
        { device: "disk", readOnly: false, shareable: false },
      );
      // A CD-ROM is read-only whatever one says.
      return disk.device === "cdrom" ? without(plain, { readOnly: true }) : plain;
    }),
    interfaces: items((nic) =>
      change(nic, {
        target: orNothing,
        link: (link) => orNothing(without(link, { state: "up" })),
      }),
    ),
    graphics: items((graphic) =>
      change(graphic, { vnc: withoutServerDefaults, spice: withoutServerDefaults }),
    ),
    videos: (videos: unknown) =>
      isList(videos)
        ? videos.map((video, index) => withoutVideoDefaults(video as Config, index, isXen))
        : videos,
    hostdevs: items((device) =>
      change(device, {
        subsysPci: (pci) => change(pci, { driver: (driver) => orNothing(without(driver, { name: "vfio" })) }),
      }),
    ),
  });
}

/** libvirt gives a machine the controllers that its devices need. */
function isAddedController(controller: Config, machine: string, isXen: boolean): boolean {
  const { type, model, index = 0, ...rest } = controller;
  const isPlain = isBare(rest);
  switch (type) {
    case "pci":
      return isBare({ ...rest, pci: { ...(rest.pci as Config), model: undefined } });
    case "usb":
      return isPlain && index === 0 && model === usbModelOf(machine);
    case "sata":
    case "ide":
    case "fdc":
    case "virtio-serial":
      return isPlain && index === 0 && model === undefined;
    case "xenbus":
      return isXen && isPlain;
    default:
      return false;
  }
}

function usbModelOf(machine: string): string | undefined {
  if (/q35/.test(machine)) return "qemu-xhci";
  return /^(pc$|pc-i440fx|pc-\d)/.test(machine) ? "piix3-uhci" : undefined;
}

/** What libvirt gives where nobody says what. */
function pseudoTerminal(device: Config): Config {
  return same(device.source, { pty: {} }) ? { ...device, source: undefined } : device;
}

/** libvirt repeats the address, and writes -1 for a port that it chooses itself. */
function withoutServerDefaults({ listeners, ...server }: Config): Config {
  const { listen } = server;
  const isRepeated = same(listeners, [{ address: listen === undefined ? {} : { address: listen } }]);
  const plain = isRepeated ? server : { ...server, listeners };
  return server.autoPort === true ? without(plain, { port: -1, tlsPort: -1 }) : plain;
}

function withoutVideoDefaults(video: Config, index: number, isXen: boolean): Config {
  return change(video, {
    model: (model) =>
      without(model, {
        heads: 1,
        ...(index === 0 && { primary: "yes" }),
        ...(isXen ? XEN_VIDEO_MEMORY : QEMU_VIDEO_MEMORY).get(String(model.type)),
      }),
  });
}

/** An amount in the largest unit in which it is whole. */
function inWhole(
  amount: unknown,
  unit: unknown,
  defaultUnit = "KiB",
): { amount: number; unit: string } | undefined {
  if (typeof amount !== "number") return undefined;
  const given = typeof unit === "string" ? unit : defaultUnit;
  const kib = toKiB(amount, given, defaultUnit);
  if (typeof kib !== "number" || !Number.isSafeInteger(kib) || kib === 0) return { amount, unit: given };
  let [whole, factor] = [kib, 0];
  while (whole % 1024 === 0 && factor < 3) [whole, factor] = [whole / 1024, factor + 1];
  return { amount: whole, unit: ["KiB", "MiB", "GiB", "TiB"][factor]! };
}

/** The same subnet, said in one way. */
function withPrefix({ netmask, ...ip }: Config): Config {
  const isMask = typeof netmask === "string" && IPv4.isValidFourPartDecimal(netmask);
  const prefix = isMask ? IPv4.parse(netmask).prefixLengthFromSubnetMask() : null;
  return prefix === null ? { netmask, ...ip } : { ...ip, prefix };
}

function withoutIndentation(xml: string): string {
  return xml.replace(/>\s+</g, "><").trim();
}

type Change = (value: Config) => unknown;

/** A copy in which the values of these keys, where there are any, are others. */
function change(config: Config, changes: Readonly<Record<string, Change>>): Config {
  const entries = Object.entries(config).map(([key, value]) => {
    const by = Object.hasOwn(changes, key) ? changes[key] : undefined;
    return [key, by === undefined || value === undefined ? value : by(value as Config)];
  });
  return Object.fromEntries(entries);
}

/** A change of each item of a list. */
function items(by: (item: Config) => Config): Change {
  return (list: unknown) => (isList(list) ? list.map((item) => by(item as Config)) : list);
}

function kept(by: (item: Config) => boolean): Change {
  return (list: unknown) => {
    const left = isList(list) ? list.filter((item) => by(item as Config)) : list;
    return isList(left) && left.length === 0 ? undefined : left;
  };
}

/** A copy without the keys that have exactly these values. */
function without(config: Config, defaults: Config): Config {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([key, value]) => !(Object.hasOwn(defaults, key) && defaults[key] === value),
    ),
  );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Undefined for an object that says nothing, whose presence says nothing either. */
function orNothing(config: Config): Config | undefined {
  return Object.values(config).every((value) => value === undefined) ? undefined : config;
}

/** Whether there is no value in it, however deep. */
function isBare(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.values(value).every(isBare));
}

/** Without the keys that have no value. */
function compact(value: unknown): unknown {
  if (isList(value)) return value.map(compact);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, compact(each)]));
}

/** Whether two configurations say the same. */
export function same(one: unknown, other: unknown): boolean {
  return differences(one, other).length === 0;
}

/** The attributes that differ, by path: `devices.disks[0].driver.cache`. */
export function differences(one: unknown, other: unknown, at = ""): string[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differences(one[key], other[key], at === "" ? key : `${at}.${key}`));
  }
  if (isList(one) && isList(other) && one.length === other.length) {
    return one.flatMap((item, index) => differences(item, other[index], `${at}[${index}]`));
  }
  return one === other ? [] : [at];
}
