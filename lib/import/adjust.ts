import type { XmlKind } from "../domain-xml";
import { resourceType, titleCase } from "../provider/table";
import { literal } from "./bindings";
import { type Code, call, data, member, object, type Statement } from "./code";
import { objectOf } from "./constructs/proposal";
import { same } from "./defaults";

type Config = Readonly<Record<string, unknown>>;

/** What is set of a construct's own resource, beside its props. */
export interface Adjustment {
  readonly statements: readonly Statement[];
  /** The attributes: `onCrash`, `devices.rngs`. */
  readonly set: readonly string[];
}

/** What a construct says by its props alone. */
const BY_PROPS: Readonly<Record<XmlKind, readonly string[]>> = {
  domain: ["name", "type", "memory", "memoryUnit", "vcpu"],
  network: ["name", "ips"],
  pool: ["name", "type"],
  volume: ["name", "pool", "capacity", "capacityUnit", "target"],
};
const DEVICES_BY_PROPS = ["disks", "interfaces", "hostdevs"];

/**
 * What makes the resource of a construct the same as another one; undefined where it is another in what its props say.
 *
 * @param resource the construct's resource, as code
 * @param made what it is, without defaults
 * @param wanted what it should be, without defaults
 * @param written the same as it is to be written
 */
export function adjustment(
  kind: XmlKind,
  resource: Code,
  made: Config,
  wanted: Config,
  written: Config,
): Adjustment | undefined {
  const keys = differing(made, wanted);
  const devices = differing(objectOf(made.devices), objectOf(wanted.devices));
  if (
    keys.some((key) => BY_PROPS[kind].includes(key)) ||
    devices.some((key) => DEVICES_BY_PROPS.includes(key))
  )
    return undefined;
  const own = keys.filter((key) => key !== "devices").sort();
  const statements = own.map((key) => setting(kind, resource, key, written[key]));
  if (devices.length > 0) {
    const lists = Object.fromEntries(
      devices.sort().map((key) => [key, data(literal(objectOf(written.devices)[key]))]),
    );
    const changed = object(lists, member(resource, "devicesInput"));
    statements.push({ kind: "do", value: call(member(resource, "putDevices"), changed) });
  }
  return { statements, set: [...own, ...devices.map((key) => `devices.${key}`)] };
}

function differing(made: Config, wanted: Config): string[] {
  return [...new Set([...Object.keys(made), ...Object.keys(wanted)])].filter(
    (key) => !same(made[key], wanted[key]),
  );
}

function setting(type: XmlKind, resource: Code, key: string, value: unknown): Statement {
  if (value === undefined) return { kind: "do", value: call(member(resource, `reset${titleCase(key)}`)) };
  const { kind } = resourceType(`libvirt_${type}`)!.byKey(key)!.type;
  const isNested = kind === "object" || kind === "objectList";
  if (isNested) return { kind: "do", value: call(member(resource, `put${titleCase(key)}`), literal(value)) };
  return { kind: "set", target: member(resource, key), value: data(literal(value)) };
}
