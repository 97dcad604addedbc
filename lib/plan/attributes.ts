import type { Attribute, ObjectType, Scalar } from "../provider/table";
import { closest } from "./did-you-mean";
import { holdsNumberToken, isLate, type Late, WHOLLY_LATE } from "./late";
import type { AttributeIssue } from "./resource";
import { maskPasswords } from "./secrets";

/** Terraform's own arguments of a resource, which no provider schema lists. */
const META_ARGUMENTS = new Set([
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
  "//",
]);

/** What Terraform takes for a number in a string. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Spellings that users bring along from documentation and older versions, and today's attribute. */
const RENAMED: Readonly<Record<string, string>> = {
  kernel_args: "cmdline",
  network_interface: "interfaces",
  network_interfaces: "interfaces",
  mac_address: "mac",
  machine: "type_machine",
  arch: "type_arch",
};

/** Attributes of version 0.8 of the provider, by resource type's own word for them, and where 0.9 has them. */
const MOVED: Readonly<Record<string, string>> = {
  addresses: "ips",
  base_volume_id: "backing_store.path",
  base_volume_name: "backing_store.path",
  boot_device: "os.boot_devices",
  cloudinit: "a disk in devices.disks with device cdrom",
  cmdline: "os.cmdline",
  coreos_ignition: "a libvirt_ignition resource",
  console: "devices.consoles",
  dhcp: "ips[].dhcp",
  disk: "devices.disks",
  emulator: "devices.emulator",
  filesystem: "devices.filesystems",
  firmware: "os.loader",
  format: "target.format.type",
  graphics: "devices.graphics",
  initrd: "os.initrd",
  kernel: "os.kernel",
  mode: "forward.mode",
  network_interface: "devices.interfaces",
  nvram: "os.nv_ram",
  path: "target.path",
  qemu_agent: "a channel org.qemu.guest_agent.0 in devices.channels",
  size: "capacity",
  source: "create.content.url",
  tpm: "devices.tpms",
  video: "devices.videos",
};

/**
 * Reads attributes in Terraform's spelling into the camelCase configuration, guided by the table, and collects
 * what the schema does not allow. Unknown attributes are left out of the result, as Terraform leaves them out.
 */
export function readAttributes(
  object: ObjectType,
  raw: Readonly<Record<string, unknown>>,
): { config: Record<string, unknown>; issues: AttributeIssue[] } {
  const issues: Issue[] = [];
  const config = readObject(object, raw, "", issues);
  return { config, issues: issues.map((issue) => ({ ...issue, at: keyPath(object, issue.path) })) };
}

type Issue = Omit<AttributeIssue, "at">;

function readObject(
  object: ObjectType,
  raw: Readonly<Record<string, unknown>>,
  prefix: string,
  issues: Issue[],
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value === undefined || value === null) continue;
    const attribute = object.byName(name);
    const path = prefix + name;
    if (attribute === undefined) {
      if (prefix !== "" || !META_ARGUMENTS.has(name)) issues.push(unknownAttribute(object, name, path));
      continue;
    }
    if (attribute.mode === "readOnly") {
      issues.push({
        kind: "read-only",
        path,
        message: `${path} is read-only: the provider sets it and Terraform refuses a configuration that does`,
        fix: `remove ${path}`,
      });
      continue;
    }
    config[attribute.key] = readValue(attribute, value, path, issues);
  }
  return config;
}

function readValue(attribute: Attribute, value: unknown, path: string, issues: Issue[]): unknown {
  const { type } = attribute;
  switch (type.kind) {
    case "scalar":
      return readScalar(type.scalar, value, path, issues);
    case "list":
    case "set":
      if (isLate(value)) return [value];
      if (!Array.isArray(value)) return wrongType(`a list of ${type.element}s`, value, path, issues);
      return value.map((element, index) => readScalar(type.element, element, `${path}[${index}]`, issues));
    case "object":
      if (isLate(value)) return lateObject(type.object, value);
      if (!isPlainObject(value)) return wrongType("an object", value, path, issues);
      return readObject(type.object, value, `${path}.`, issues);
    case "objectList":
      if (isLate(value)) return [lateObject(type.object, value)];
      if (!Array.isArray(value)) return wrongType("a list of objects", value, path, issues);
      return value.map((element, index) => {
        const at = `${path}[${index}]`;
        if (element === null) return {};
        if (isLate(element)) return lateObject(type.object, element);
        if (!isPlainObject(element)) return wrongType("an object", element, at, issues) ?? {};
        return readObject(type.object, element, `${at}.`, issues);
      });
  }
}

/** Terraform converts between scalars where the text allows it; so does this. */
function readScalar(scalar: Scalar, value: unknown, path: string, issues: Issue[]): unknown {
  if (typeof value === "string" && holdsNumberToken(value)) return lostNumber(value, path, issues);
  if (isLate(value)) return value;
  const given = typeof value;
  if (scalar === "string") {
    if (given === "string") {
      if (value === "") issues.push(emptyText(path));
      return value;
    }
    if (given === "number" || given === "boolean") return String(value);
  } else if (scalar === "number") {
    if (given === "number" || (given === "string" && DECIMAL.test(value as string))) {
      const number = Number(value);
      // Terraform has one type of numbers; to this provider all of them are integers.
      return Number.isInteger(number) ? number : wrongType("a whole number", value, path, issues);
    }
  } else {
    if (given === "boolean") return value;
    if (value === "true" || value === "1") return true;
    if (value === "false" || value === "0") return false;
  }
  return wrongType(scalar === "bool" ? "true or false" : `a ${scalar}`, value, path, issues);
}

/** Not wrong as such; but the provider sends few of them. */
function emptyText(path: string): Issue {
  return { kind: "empty", path, message: `${path} is an empty text`, fix: `remove ${path}` };
}

/** What is left of a number token once tokens are resolved: the engine finds none behind a sign and writes it out. */
function lostNumber(value: string, path: string, issues: Issue[]): undefined {
  issues.push({
    kind: "type",
    path,
    message: `${path} is ${describe(value)}: the engine does not resolve a number token behind a sign, such as "web-" + count.index`,
    fix: "make a text of the number first: Token.asString(count.index)",
  });
  return undefined;
}

function wrongType(expected: string, value: unknown, path: string, issues: Issue[]): undefined {
  issues.push({
    kind: "type",
    path,
    message: `${path} must be ${expected}, not ${describe(value)}`,
    fix: `give ${path} ${expected}`,
  });
  return undefined;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  const text = maskPasswords(JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function unknownAttribute(object: ObjectType, name: string, path: string): Issue {
  const names = object.attributes.map((attribute) => attribute.name);
  const renamed = RENAMED[name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)];
  const camelCase = object.byKey(name)?.name;
  const suggestion =
    camelCase ?? (renamed !== undefined && object.byName(renamed) ? renamed : closest(name, names));
  const moved = path === name ? movedTo(object, name) : undefined;
  if (moved !== undefined) {
    return {
      kind: "unknown",
      path,
      message: `${path} was an attribute of version 0.8 of the provider and is none of 0.9`,
      fix: `use ${moved}`,
    };
  }
  const shown = names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", ");
  return {
    kind: "unknown",
    path,
    message: `${path} is not an attribute of the provider${
      path.includes(".") ? ": Terraform drops it without a word" : ""
    }`,
    fix:
      suggestion === undefined
        ? names.length === 0
          ? `remove ${path}: the provider takes nothing here`
          : `remove it, or use one of: ${shown}`
        : `did you mean ${suggestion}?`,
  };
}

/** Where a resource has what its older version had at the top; undefined when it has no such place. */
function movedTo(object: ObjectType, name: string): string | undefined {
  const moved = MOVED[name];
  if (moved === undefined) return undefined;
  const first = /^[a-z_]+/.exec(moved)![0];
  return object.byName(/^an? /.test(moved) ? "devices" : first) === undefined ? undefined : moved;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object that is known only at apply: whatever is asked of it is late as well. */
function lateObject(object: ObjectType, expression: unknown): Record<string, unknown> {
  const text = expression as Late;
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, key) => {
        if (key === WHOLLY_LATE) return true;
        const type = typeof key === "string" ? object.byKey(key)?.type : undefined;
        if (type === undefined) return undefined;
        if (type.kind === "scalar") return text;
        if (type.kind === "object") return lateObject(type.object, text);
        return type.kind === "objectList" ? [lateObject(type.object, text)] : [text];
      },
    },
  );
}

/** A path in the provider's spelling, as far as the provider knows it in camelCase. */
function keyPath(object: ObjectType, path: string): string {
  let at: ObjectType | undefined = object;
  return path
    .split(".")
    .map((step) => {
      const [, name, index] = /^([^[]*)(.*)$/.exec(step)!;
      const attribute: Attribute | undefined = at?.byName(name!);
      at = attribute && "object" in attribute.type ? attribute.type.object : undefined;
      return `${attribute?.key ?? name}${index}`;
    })
    .join(".");
}
