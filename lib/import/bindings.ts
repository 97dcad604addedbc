import type { XmlKind } from "../domain-xml";
import { Code, create, object, path } from "./code";
import type { ImportedResource } from "./resource";

type Config = Readonly<Record<string, unknown>>;

/** The provider's own class for each kind, by the name that it has in a program. */
export const BINDINGS: Readonly<Record<XmlKind, string>> = {
  domain: "Domain",
  network: "Network",
  pool: "Pool",
  // The construct is called Volume too.
  volume: "VolumeResource",
};

/** What people look for first, and what is long. */
const FIRST = [
  ...[
    "name",
    "title",
    "description",
    "pool",
    "type",
    "memory",
    "memoryUnit",
    "currentMemory",
    "currentMemoryUnit",
  ],
  ...[
    "vcpu",
    "vcpuCurrent",
    "capacity",
    "capacityUnit",
    "running",
    "autostart",
    "os",
    "cpu",
    "features",
    "forward",
  ],
];
const LAST = ["ips", "devices", "metadata"];

/**
 * A resource in the provider's own words.
 *
 * @param config as it is to be written, in which there may be code
 */
export function bindingOf(
  { kind, ...resource }: ImportedResource,
  config: Config,
  id: string,
  host: string,
): Code {
  const { running, autostart } = resource;
  const settings: Readonly<Record<XmlKind, Config>> = {
    domain: { running, autostart },
    network: { autostart },
    // Left out, the provider removes the folder with the pool.
    pool: { destroy: { delete: false } },
    volume: {},
  };
  const attributes = inOrder({ ...config, ...settings[kind] });
  return create(
    BINDINGS[kind],
    path("stack"),
    id,
    object({ provider: path(`${host}.provider`), ...(literal(attributes) as Config) }),
  );
}

/**
 * A configuration that refers to networks, pools and volumes of the program where it names them, so that Terraform
 * makes these first.
 *
 * @param reference the name of such a resource as code; undefined for one that the program does not have
 */
export function withReferences(
  { kind, config }: Pick<ImportedResource, "kind" | "config">,
  reference: (kind: XmlKind, name: string, pool?: string) => Code | undefined,
): Config {
  if (kind === "volume") {
    const { pool } = config;
    return typeof pool === "string" ? { ...config, pool: reference("pool", pool) ?? pool } : config;
  }
  const devices = config.devices as Config | undefined;
  if (kind !== "domain" || devices === undefined) return config;
  const refer = (source: Config): Config => {
    const { pool, volume } = (source.volume ?? {}) as Config;
    const { network } = (source.network ?? {}) as Config;
    if (typeof network === "string") {
      return {
        ...source,
        network: { ...(source.network as Config), network: reference("network", network) ?? network },
      };
    }
    if (typeof pool !== "string" || typeof volume !== "string") return source;
    const names = {
      pool: reference("pool", pool) ?? pool,
      volume: reference("volume", volume, pool) ?? volume,
    };
    return { ...source, volume: { ...(source.volume as Config), ...names } };
  };
  const inSources = (list: unknown) =>
    Array.isArray(list)
      ? list.map((item: Config) => (item.source ? { ...item, source: refer(item.source as Config) } : item))
      : list;
  const { disks, interfaces } = devices;
  return {
    ...config,
    devices: {
      ...devices,
      ...(disks !== undefined && { disks: inSources(disks) }),
      ...(interfaces !== undefined && { interfaces: inSources(interfaces) }),
    },
  };
}

/** What is in a list item, as one says it. */
const FIRST_BELOW = ["type", "name", "dev", "start", "device", "source", "target", "driver", "mac", "model"];

function inOrder(config: Config, first: readonly string[] = FIRST): Config {
  const rank = (key: string) =>
    first.includes(key)
      ? first.indexOf(key)
      : LAST.includes(key)
        ? first.length + 1 + LAST.indexOf(key)
        : first.length;
  return Object.fromEntries(
    Object.entries(config)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, value]) => [key, below(value)]),
  );
}

function below(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(below);
  if (typeof value !== "object" || value === null || value instanceof Code) return value;
  return inOrder(value as Config, FIRST_BELOW);
}

/** Data, in which there may be code, in which what looks like an expression of Terraform is none. */
export function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])(?=\{)/g, "$1$1");
  if (value instanceof Code) return literalCode(value);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literal(each)]));
}

function literalCode(code: Code): Code {
  const { node } = code;
  switch (node.kind) {
    case "value":
      return new Code({ kind: "value", value: literal(node.value) as typeof node.value });
    case "list":
      return new Code({ kind: "list", items: node.items.map(literalCode) });
    case "object":
      return new Code({
        kind: "object",
        entries: node.entries.map((entry) =>
          "spread" in entry ? entry : { key: entry.key, value: literalCode(entry.value) },
        ),
      });
    case "call":
    case "new":
      return new Code({ ...node, args: node.args.map(literalCode) });
    default:
      return code;
  }
}
