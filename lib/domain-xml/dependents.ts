import { isLate } from "../plan/late";
import { type XmlField, type XmlKind, type XmlObject, xmlObject } from "./mapping";

type Config = Readonly<Record<string, unknown>>;

/** What of an attribute matters here. Most have nothing, and are not looked at any further. */
interface Dependent {
  /** It is sent only beside others, or never. */
  readonly always: boolean;
  /** Key of the attribute without which it is not sent. */
  readonly quantity: string | undefined;
  /** One of several alternatives. */
  readonly alternative: boolean;
  readonly object: XmlObject | undefined;
}

/** Whether a configuration has an attribute that is sent only beside others, or not beside others. */
export function hasDependentAttributes(kind: XmlKind, config: object): boolean {
  return hasDependents(xmlObject(kind), config as Config);
}

function hasDependents(object: XmlObject, config: Config): boolean {
  const dependents = dependentsOf(object);
  let alternatives = 0;
  for (const key in config) {
    const dependent = dependents.get(key);
    if (dependent === undefined) continue;
    const value = config[key];
    if (value === undefined || value === null) continue;
    if (dependent.always) return true;
    if (dependent.quantity !== undefined && !isSet(config[dependent.quantity])) return true;
    if (dependent.alternative && ++alternatives > 1) return true;
    if (dependent.object === undefined || isLate(value)) continue;
    if (!Array.isArray(value)) {
      if (hasDependents(dependent.object, value as Config)) return true;
      continue;
    }
    for (const item of value) if (isConfig(item) && hasDependents(dependent.object, item)) return true;
  }
  return false;
}

const isSet = (value: unknown) => value !== undefined && value !== null;

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !isLate(value);
}

const known = new WeakMap<XmlObject, ReadonlyMap<string, Dependent>>();

function dependentsOf(object: XmlObject): ReadonlyMap<string, Dependent> {
  let dependents = known.get(object);
  if (dependents === undefined) {
    const matters = object.fields.map((field) => [field.attribute.key, dependentOf(object, field)] as const);
    dependents = new Map(matters.filter((each): each is [string, Dependent] => each[1] !== undefined));
    known.set(object, dependents);
  }
  return dependents;
}

function dependentOf(of: XmlObject, field: XmlField): Dependent | undefined {
  const { never, needs, completes, quantity, object } = field;
  const always = never || needs !== undefined || completes;
  const alternative = of.union.includes(field);
  if (!always && quantity === undefined && !alternative && object === undefined) return undefined;
  return { always, quantity, alternative, object };
}
