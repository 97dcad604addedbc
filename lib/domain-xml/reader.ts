import { VirtConstructsError } from "../errors";
import type { XmlElement } from "../xml/element";
import { parseXml, type XmlLimits, XmlSyntaxError } from "../xml/parse";
import { type LostValue, lostValues } from "./lost";
import {
  DEFAULT_TYPES,
  XML_KINDS,
  type XmlConstant,
  type XmlField,
  type XmlKind,
  type XmlObject,
  xmlObject,
} from "./mapping";
import { writeXml } from "./writer";

/** What an XML document of libvirt says, in the provider's vocabulary. */
export interface XmlDocument {
  readonly kind: XmlKind;
  /** Of the type `DomainConfig`, `NetworkConfig`, `PoolConfig` or `VolumeConfig`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the provider reports and a configuration cannot set: `uuid`, `id`, the size of a pool. */
  readonly readOnly: Readonly<Record<string, unknown>>;
  /** What the provider has no attribute for: writing {@link config} and {@link readOnly} gives all but this. */
  readonly lost: readonly LostValue[];
}

/** Well-formed XML of something else, such as capabilities or a snapshot. */
export class OtherDocument extends VirtConstructsError {}

/**
 * Reads what `virsh dumpxml`, `net-dumpxml`, `pool-dumpxml` or `vol-dumpxml` prints.
 *
 * Document types and entities are refused, and size, depth and number of elements are bounded.
 *
 * @throws VirtConstructsError when the text is not well-formed XML, exceeds a limit or holds another document.
 */
export function readXml(text: string, limits: XmlLimits = {}): XmlDocument {
  const root = parse(text, limits);
  const kind = XML_KINDS.find((each) => each === root.name);
  if (kind === undefined) {
    throw new OtherDocument(
      `the XML document holds <${root.name}>: expected <domain>, <network>, <pool> or <volume>, as virsh dumpxml, net-dumpxml, pool-dumpxml or vol-dumpxml print them`,
    );
  }
  const object = xmlObject(kind);
  const all = readObject(object, { element: root, name: kind }) ?? {};
  const lost = lostValues(root, parseXml(writeXml(kind, all), limits));
  const [config, readOnly] = split(object, all);
  return { kind, config, readOnly, lost };
}

function parse(text: string, limits: XmlLimits): XmlElement {
  try {
    return parseXml(text, limits);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new VirtConstructsError(`the XML document ${error.message} (line ${error.line})`);
  }
}

type Config = Record<string, unknown>;

/** The place of an element, which may be missing although the elements above tell what would be in it. */
interface Scope {
  readonly element: XmlElement | undefined;
  readonly name: string;
  readonly parent?: Scope;
}

/** Undefined when the document says nothing of it. */
function readObject(object: XmlObject, scope: Scope): Config | undefined {
  const config: Config = {};
  const chosen = chooseMember(object, scope);
  for (const field of object.fields) {
    if (field.unsent || (object.union.includes(field) && field !== chosen)) continue;
    const value = readField(field, object, scope);
    if (value !== undefined) config[field.attribute.key] = value;
  }
  return scope.element === undefined && Object.keys(config).length === 0 ? undefined : config;
}

/** The member of a union that the document names; where nothing names one, that of which it says something. */
function chooseMember({ union }: XmlObject, scope: Scope): XmlField | undefined {
  const named = union.find((field) => tags(field).length > 0 && isNamed(field, scope));
  if (named !== undefined) return named;
  const others = union.filter((field) => tags(field).length === 0);
  return (
    others.find((field) => field.object && !isEmpty(readObject(field.object, below(scope, field)))) ??
    others[0]
  );
}

/** The attributes with which an element says what is in it. */
function tags({ constants }: XmlField): readonly XmlConstant[] {
  return constants.filter(({ name, up }) => name !== "xmlns" && up >= 0);
}

function isNamed(field: XmlField, scope: Scope): boolean {
  const from = field.object === undefined ? scope : below(scope, field);
  return tags(field).every(({ up, name, value }) => {
    const at = above(from, up);
    const given = at?.element?.attributes.get(name);
    if (given !== undefined) return given === value;
    return name === "type" && from.element !== undefined && DEFAULT_TYPES.get(at?.name ?? "") === value;
  });
}

function readField(field: XmlField, owner: XmlObject, scope: Scope): unknown {
  const { type } = field.attribute;
  switch (type.kind) {
    case "scalar":
      return type.scalar === "bool" ? readBoolean(field, scope) : readScalar(field, owner, scope);
    case "list":
    case "set": {
      const items = itemsOf(field, scope).map(({ element }) => element!.text);
      return items.length === 0 ? undefined : items;
    }
    case "object":
      return meetsNeed(field, owner, scope) ? readNested(field, scope) : undefined;
    case "objectList": {
      const items = itemsOf(field, scope).flatMap((item) => {
        const value = readObject(field.object!, item);
        // An element that only comes with its contents, and has none that the provider knows.
        return field.lazy && isEmpty(value) ? [] : [complete(field.object!, value!)];
      });
      return items.length === 0 ? undefined : items;
    }
  }
}

function readNested(field: XmlField, scope: Scope): Config | undefined {
  const inner = below(scope, field);
  if (inner.element !== undefined && !isNamed(field, scope)) return undefined;
  const value = readObject(field.object!, inner);
  if (!isEmpty(value)) return complete(field.object!, value!);
  // Named by an attribute of an element above, with nothing to say: <disk type="file"> without source.
  if (tags(field).some(({ up }) => up > 0) && isNamed(field, scope)) {
    return isDefault(field, inner) && hasRequired(field.object!) ? undefined : complete(field.object!, {});
  }
  return inner.element === undefined || (field.lazy && tags(field).length === 0)
    ? undefined
    : complete(field.object!, {});
}

const isEmpty = (value: Config | undefined) => value === undefined || Object.keys(value).length === 0;

/** Whether leaving it out says the same to libvirt. */
function isDefault(field: XmlField, inner: Scope): boolean {
  return tags(field).every(
    ({ up, name, value }) => name === "type" && DEFAULT_TYPES.get(above(inner, up)?.name ?? "") === value,
  );
}

const hasRequired = ({ fields }: XmlObject) => fields.some(({ attribute }) => attribute.mode === "required");

/** Adds what the schema requires and the document leaves out: writing it makes no difference. */
function complete({ fields }: XmlObject, config: Config): Config {
  for (const { attribute, always, unsent } of fields) {
    const { key, mode, type } = attribute;
    if (mode !== "required" || key in config || type.kind !== "scalar" || unsent || !always) continue;
    config[key] = type.scalar === "number" ? 0 : "";
  }
  return config;
}

/** Whether the element is of the kind that these attributes are for. */
function meetsNeed({ needs }: XmlField, owner: XmlObject, { element }: Scope): boolean {
  if (needs === undefined || !needs.startsWith("^")) return true;
  const [name, value] = needs.slice(1).split("=");
  const field = owner.fields.find(({ attribute }) => attribute.name === name)!;
  return element?.attributes.get(field.xmlAttribute!) === value;
}

function readBoolean(field: XmlField, scope: Scope): boolean | undefined {
  const { xmlAttribute, presence } = field;
  const { element } = below(scope, field);
  if (xmlAttribute !== undefined) {
    const text = element?.attributes.get(xmlAttribute);
    return text === "yes" ? true : text === "no" ? false : undefined;
  }
  return (presence ? element !== undefined : isNamed(field, scope)) ? true : undefined;
}

function readScalar(field: XmlField, owner: XmlObject, scope: Scope): string | number | undefined {
  const { attribute, xmlAttribute, raw, always, writesZero } = field;
  const isVariant = tags(field).length > 0 && !owner.union.includes(field);
  const from = isVariant ? variant(scope, field) : scope;
  const { element } = from === undefined ? { element: undefined } : below(from, field);
  if (element === undefined) return undefined;
  const text =
    xmlAttribute !== undefined
      ? element.attributes.get(xmlAttribute)
      : raw
        ? element.inner.trim()
        : textOf(element);
  if (text === undefined) return undefined;
  const value =
    attribute.type.kind === "scalar" && attribute.type.scalar === "number" ? wholeNumber(text) : text;
  const isZero = value === 0 || value === "";
  if (isZero && (!writesZero || (always && attribute.mode !== "required"))) return undefined;
  return value;
}

/** Indentation between children is no text. */
function textOf({ children, text }: XmlElement): string {
  return children.length > 0 && text.trim() === "" ? "" : text;
}

/** Undefined when the text is none, or none that JavaScript holds exactly. */
function wholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(-?\d+|0[xX][\da-fA-F]+)$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? value : undefined;
}

function above(scope: Scope, levels: number): Scope | undefined {
  let at: Scope | undefined = scope;
  for (let level = 0; level < levels; level++) at = at?.parent;
  return at;
}

/** The place of a field's element: below its owner's, or that itself. */
function below(scope: Scope, field: XmlField): Scope {
  return step(scope, field, field.path);
}

function step(scope: Scope, field: XmlField, path: readonly string[]): Scope {
  return path.reduce<Scope>((parent, name, index) => {
    const isLast = index === field.path.length - 1;
    return { element: children(parent, name, isLast ? namespaceOf(field) : undefined)[0], name, parent };
  }, scope);
}

function itemsOf(field: XmlField, scope: Scope): Scope[] {
  const parent = step(scope, field, field.path.slice(0, -1));
  const name = field.path.at(-1)!;
  return children(parent, name, namespaceOf(field)).map((element) => ({ element, name, parent }));
}

/** An element of the same name beside this one that says the field's constants. */
function variant(scope: Scope, field: XmlField): Scope | undefined {
  if (scope.parent === undefined) return undefined;
  const element = children(scope.parent, scope.name, undefined).find((each) =>
    tags(field).every(({ name, value }) => each.attributes.get(name) === value),
  );
  return element && { ...scope, element };
}

function namespaceOf({ constants }: XmlField): string | undefined {
  return constants.find(({ name }) => name === "xmlns")?.value;
}

/** Child elements of a name, in the namespace of their parent unless another is meant. */
function children({ element }: Scope, name: string, namespace: string | undefined): XmlElement[] {
  const wanted = namespace ?? element?.namespace;
  return (element?.children ?? []).filter((child) => child.local === name && child.namespace === wanted);
}

/** What a configuration can set, and what the provider only reports; a unit goes with its quantity. */
function split({ fields }: XmlObject, all: Config): [config: Config, readOnly: Config] {
  const config: Config = {};
  const readOnly: Config = {};
  const reported = new Set(
    fields
      .filter(({ attribute, object }) => attribute.mode === "readOnly" && object === undefined)
      .map(({ path }) => path.join("/")),
  );
  for (const { attribute, object, path, xmlAttribute } of fields) {
    const { key, mode } = attribute;
    const value = all[key];
    if (value === undefined) continue;
    if (
      mode === "readOnly" ||
      (xmlAttribute !== undefined && path.length > 0 && reported.has(path.join("/")))
    )
      readOnly[key] = value;
    else if (object !== undefined && !Array.isArray(value)) {
      const [inner, reportedInner] = split(object, value as Config);
      config[key] = inner;
      if (Object.keys(reportedInner).length > 0) readOnly[key] = reportedInner;
    } else config[key] = value;
  }
  return [config, readOnly];
}
