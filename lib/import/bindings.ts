import type { XmlKind } from "../domain-xml";
import { type Code, create, object, path } from "./code";
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
 * @param config as it is to be written, without defaults
 */
export function bindingOf(
  { kind, ...resource }: ImportedResource,
  config: Config,
  id: string,
  host: string,
): Code {
  const { running, autostart } = resource;
  const settings: Config =
    kind === "domain"
      ? { running, autostart }
      : kind === "network"
        ? { autostart }
        : // Left out, the provider removes the folder with the pool.
          kind === "pool"
          ? { destroy: { delete: false } }
          : {};
  const attributes = inOrder({ ...config, ...settings });
  return create(
    BINDINGS[kind],
    path("stack"),
    id,
    object({ provider: path(`${host}.provider`), ...(literal(attributes) as Config) }),
  );
}

function inOrder(config: Config): Config {
  const rank = (key: string) =>
    FIRST.includes(key)
      ? FIRST.indexOf(key)
      : LAST.includes(key)
        ? FIRST.length + 1 + LAST.indexOf(key)
        : FIRST.length;
  return Object.fromEntries(Object.entries(config).sort(([a], [b]) => rank(a) - rank(b)));
}

/** Data in which what looks like an expression of Terraform is none. */
export function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])(?=\{)/g, "$1$1");
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literal(each)]));
}
