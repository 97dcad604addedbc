import type { XmlElement } from "../../lib/xml/element";
import { parseXml } from "../../lib/xml/parse";
import type { NamedAttribute } from "./elements";
import type { Vector } from "./vectors";

/**
 * Where each attribute goes in libvirt's XML, told from what the provider wrote for one attribute at a time: the
 * element or attribute that holds the sample, and whatever else came into being with it.
 */
export interface XmlField {
  /** The attribute is not for the XML. */
  readonly unsent?: boolean;
  /** It is, and the provider still never sends it. */
  readonly never?: boolean;
  /** Elements below the element of the owning object; none when it is that element itself. */
  readonly path: readonly string[];
  /** The XML attribute that holds the value; otherwise the element's text, or the element as such. */
  readonly attribute?: string;
  /** Attributes that come with it: of the owning object's element (`up` 0), of one above, or of the value's own (-1). */
  readonly constants: readonly XmlConstant[];
  /** Digits of a number in hexadecimal. */
  readonly hexadecimal?: number;
  /** A second XML attribute that repeats the value, on the element above. */
  readonly repeated?: string;
  /** The value is XML. */
  readonly raw?: boolean;
  /** Written even when it is not set: the zero of its type. */
  readonly always?: boolean;
  /** A boolean that shows in the presence of an element. */
  readonly presence?: boolean;
  /** Whether the zero of its type is written where it is set. */
  readonly writesZero?: boolean;
  /** Of an object: setting it does not yet write its element. */
  readonly lazy?: boolean;
  /** Written only beside others: those that write the element, or this one. */
  readonly needs?: string;
  /** Writes the element of an owning union as soon as a member is set. */
  readonly completes?: boolean;
  /** A member of a union that leaves no place for what is beside it. */
  readonly exclusive?: boolean;
  readonly node?: XmlNode;
}

export interface XmlConstant {
  readonly up: number;
  readonly attribute: string;
  readonly value: string;
}

export interface XmlNode {
  /** Fields that have elements, by position, in the order in which the provider writes them. */
  readonly order: readonly number[];
  readonly fields: readonly XmlField[];
  /** Attributes of which the provider sends the first that is set, by position. */
  readonly union: readonly number[];
}

/** What the provider wrote, by `resource path`. */
export interface Recorded {
  /** One sample a leaf; for those that need a sibling, with it. */
  readonly leaves: ReadonlyMap<string, Vector>;
  /** `{}` for each object. */
  readonly objects: ReadonlyMap<string, Vector>;
  /** Zeros that the provider does not send although they are set, and empty texts that it does send. */
  readonly zeros: ReadonlySet<string>;
  /** Attributes whose value is XML. */
  readonly raw: ReadonlySet<string>;
  /** Keys in the order of the provider's structures, in which unions are decided. */
  readonly order: ReadonlyMap<string, number>;
}

/** Host devices, of which libvirtxml sends the first in this order, which is not that of its structure. */
const HOST_DEVICES =
  "subsys_scsi subsys_scsi_host subsys_usb subsys_pci subsys_m_dev caps_storage caps_misc caps_net".split(
    " ",
  );
const SAMPLE = "VALUE";
const SIBLING = "SIBLING";

export function inferMapping(
  resource: string,
  attributes: readonly NamedAttribute[],
  recorded: Recorded,
): XmlNode {
  return new Inference(resource, recorded).root(attributes);
}

/** Attributes and text by path of the element. */
type Flat = ReadonlyMap<string, { readonly attributes: ReadonlyMap<string, string>; readonly text: string }>;

interface Context {
  /** Path of attributes, `devices.disks[0].`. */
  readonly prefix: string;
  readonly element: string;
  readonly flat: Flat;
  readonly lazy: boolean;
  readonly siblings: ReadonlySet<string>;
}

class Inference {
  constructor(
    private readonly resource: string,
    private readonly recorded: Recorded,
  ) {}

  root(attributes: readonly NamedAttribute[]): XmlNode {
    const name = this.resource.replace("libvirt_", "");
    const all = [...this.recorded.leaves.values()].filter((vector) => vector.resource === this.resource);
    const flat = all.map(({ xml }) => flatten(xml)).reduce(intersection);
    return this.node(attributes, { prefix: "", element: `/${name}`, flat, lazy: false, siblings: new Set() });
  }

  private node(attributes: readonly NamedAttribute[], context: Context): XmlNode {
    const fields = attributes.map((attribute) => this.field(attribute, context));
    return {
      fields,
      union: this.union(attributes, fields, context),
      order: this.order(attributes, fields, context),
    };
  }

  private field(attribute: NamedAttribute, context: Context): XmlField {
    const { type } = attribute;
    const isList = type.kind === "list" || type.kind === "set" || type.kind === "objectList";
    const path = `${context.prefix}${attribute.name}${isList ? "[0]" : ""}`;
    return "object" in type
      ? this.object(type.object.attributes, path, context)
      : this.leaf(attribute, path, context);
  }

  private object(attributes: readonly NamedAttribute[], path: string, context: Context): XmlField {
    const record = this.recorded.objects.get(`${this.resource} ${path}`)!;
    const flat = flatten(record.xml);
    const base = this.withSiblings(context.flat, record);
    const created = [...flat.keys()].filter((element) => !base.has(element));
    const common = this.commonElement(attributes, path);
    let element = created[0];
    let lazy = false;
    let always = false;
    if (element === undefined) {
      if (common === undefined && (attributes.length > 0 || constantsOf(flat, base).length === 0))
        return this.isForXml(path) ? never : unsent;
      if (common?.startsWith(`${context.element}/`)) {
        element = common;
        always = base.has(element);
        lazy = !always;
      } else {
        element = context.element;
        lazy = !flat.has(element);
      }
    }
    const siblings = new Set(Object.keys(record.siblings ?? {}));
    const node = this.node(attributes, { prefix: `${path}.`, element, flat, lazy, siblings });
    const hoisted = lazy ? commonConstants(node.fields) : [];
    return {
      path: below(context.element, element),
      constants: [...introduced(flat, base, record).flatMap((c) => relative(c, element)), ...hoisted],
      lazy,
      always,
      node:
        hoisted.length === 0
          ? node
          : { ...node, fields: node.fields.map((field) => without(field, hoisted)) },
      needs: this.needs(record, context),
      completes: completes(path),
      exclusive:
        /(^|\.)source\.vhost_user$/.test(path) && this.has(path.replace(/vhost_user$/, "startup_policy")),
    };
  }

  private leaf({ type, mode }: NamedAttribute, path: string, context: Context): XmlField {
    const record = this.recorded.leaves.get(`${this.resource} ${path}`);
    if (record === undefined) return unsent;
    if (record.siblings === null) return never;
    const flat = flatten(record.xml);
    const base = this.withSiblings(context.flat, record);
    const scalar = type.kind === "scalar" ? type.scalar : "string";
    const places = scalar === "bool" ? presence(flat, base) : placesOf(flat, base, record.value);
    const own = places.find(({ element }) => `${element}/`.startsWith(`${context.element}/`));
    const constants = introduced(flat, base, record)
      .filter((c) => !places.some((place) => place.element === c.element && place.attribute === c.attribute))
      .filter((c) => c.value !== SIBLING)
      .flatMap((c) => relative(c, own === undefined ? context.element : own.element))
      .map((c) => ({
        ...c,
        up: c.up - (own === undefined ? 0 : below(context.element, own.element).length),
      }));
    if (own === undefined && constants.length === 0) {
      if (scalar === "bool") return never;
      throw new Error(`nothing in the XML holds ${this.resource}.${path}: ${record.xml}`);
    }
    const text = own && valueAt(flat, own);
    const dropsZero = this.recorded.zeros.has(`${this.resource} ${path}`);
    return {
      path: own ? below(context.element, own.element) : [],
      attribute: own?.attribute,
      constants,
      hexadecimal: scalar === "number" && text?.startsWith("0x") ? text.length - 2 : undefined,
      repeated: places.find((place) => place !== own)?.attribute,
      raw: this.recorded.raw.has(`${this.resource} ${path}`),
      presence: scalar === "bool" && own !== undefined && own.attribute === undefined,
      always:
        (mode === "required" &&
          context.prefix !== "" &&
          !dropsZero &&
          constants.length === 0 &&
          this.alwaysBeside(own, context)) ||
        (own !== undefined && has(base, own)),
      writesZero: scalar === "number" ? !dropsZero : scalar === "string" && dropsZero,
      needs: this.needs(record, context),
      completes: completes(path),
    };
  }

  /** Whether nothing else of an object that only shows with its contents is written without this place. */
  private alwaysBeside(place: Place | undefined, { lazy, prefix }: Context): boolean {
    if (!lazy || place === undefined) return true;
    return [...this.recorded.leaves.values()].every((record) => {
      if (record.resource !== this.resource || !record.path.startsWith(prefix)) return true;
      const flat = flatten(record.xml);
      return !flat.has(place.element) || has(flat, place);
    });
  }

  /** What it needs beside what its owner already needs: an attribute with a value, one beside it, or any other. */
  private needs(record: Vector, context: Context): string | undefined {
    const own = Object.entries(record.siblings ?? {}).filter(([path]) => !context.siblings.has(path));
    if (own.length === 0) return undefined;
    const [path, value] = own[0]!;
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (value !== SIBLING && typeof value === "string") return `^${name}=${value}`;
    const mutual = Object.keys(this.recorded.leaves.get(`${this.resource} ${path}`)?.siblings ?? {});
    if (mutual.some((each) => each === record.path || each.startsWith(`${record.path}.`))) {
      return path.slice(context.prefix.length).replace(/[[.].*/, "");
    }
    return "";
  }

  private isForXml(path: string): boolean {
    const inside = `${this.resource} ${path}.`;
    return [...this.recorded.leaves.keys()].some((key) => key.startsWith(inside));
  }

  private has(path: string): boolean {
    return this.recorded.leaves.has(`${this.resource} ${path}`);
  }

  /** The deepest element that all values of an object share; the element of a list's item belongs to the item. */
  private commonElement(attributes: readonly NamedAttribute[], path: string): string | undefined {
    const elements: string[] = [];
    const visit = (all: readonly NamedAttribute[], prefix: string, cut: number): void => {
      for (const { name, type } of all) {
        const list = type.kind === "list" || type.kind === "set" || type.kind === "objectList";
        const at = `${prefix}.${name}${list ? "[0]" : ""}`;
        const depth = cut + (list ? 1 : 0);
        if ("object" in type) {
          const created = this.createdElement(at, prefix);
          if (created !== undefined) {
            elements.push(
              created
                .split("/")
                .slice(0, depth === 0 ? undefined : -depth)
                .join("/"),
            );
            continue;
          }
          visit(type.object.attributes, at, depth);
          continue;
        }
        const record = this.recorded.leaves.get(`${this.resource} ${at}`);
        if (record === undefined || record.siblings === null) continue;
        const flat = flatten(record.xml);
        const scalar = type.kind === "scalar" ? type.scalar : "string";
        const parent = this.recorded.objects.get(`${this.resource} ${prefix}`);
        const base = this.withSiblings(parent ? flatten(parent.xml) : new Map(), record);
        const places = scalar === "bool" ? presence(flat, base) : placesOf(flat, base, record.value);
        const deepest = places.map(({ element }) => element).sort((a, b) => b.length - a.length)[0];
        if (deepest !== undefined)
          elements.push(
            deepest
              .split("/")
              .slice(0, depth === 0 ? undefined : -depth)
              .join("/"),
          );
      }
    };
    visit(attributes, path, 0);
    return elements.reduce<string | undefined>(
      (common, each) => (common === undefined ? each : shared(common, each)),
      undefined,
    );
  }

  private createdElement(path: string, parent: string): string | undefined {
    const record = this.recorded.objects.get(`${this.resource} ${path}`)!;
    const owner = this.recorded.objects.get(`${this.resource} ${parent}`);
    const base = this.withSiblings(owner ? flatten(owner.xml) : new Map(), record);
    return [...flatten(record.xml).keys()].find((element) => !base.has(element));
  }

  /** What is there before the attribute of a record is set. */
  private withSiblings(flat: Flat, record: Vector): Flat {
    const merged = new Map(flat);
    for (const path of Object.keys(record.siblings ?? {})) {
      const { leaves, objects } = this.recorded;
      const key = `${this.resource} ${path}`;
      const sibling = leaves.get(key) ?? objects.get(key)!;
      // Two that need each other come into being together.
      if (Object.keys(sibling.siblings ?? {}).includes(record.path)) continue;
      for (const [element, content] of flatten(sibling.xml)) {
        const attributes = new Map([...(merged.get(element)?.attributes ?? []), ...content.attributes]);
        merged.set(element, { attributes, text: content.text });
      }
    }
    return merged;
  }

  private order(
    attributes: readonly NamedAttribute[],
    fields: readonly XmlField[],
    context: Context,
  ): number[] {
    const place = (index: number) =>
      this.recorded.order.get(`${this.resource} ${context.prefix}${attributes[index]!.name}`) ??
      Number.MAX_SAFE_INTEGER;
    return fields
      .flatMap((field, index) =>
        field.unsent || (field.path.length === 0 && field.node === undefined) ? [] : [index],
      )
      .filter((index) => fields[index]!.attribute === undefined)
      .sort((a, b) => place(a) - place(b));
  }

  private union(
    attributes: readonly NamedAttribute[],
    fields: readonly XmlField[],
    context: Context,
  ): number[] {
    const position = (index: number) =>
      HOST_DEVICES.indexOf(attributes[index]!.name) + 1 ||
      (this.recorded.order.get(`${this.resource} ${context.prefix}${attributes[index]!.name}`) ??
        Number.MAX_SAFE_INTEGER);
    // An object counts from its own element; what tells members apart stands on one element.
    const tags = fields.map(({ constants, node, path }) =>
      constants
        .filter(({ attribute }) => attribute !== "xmlns")
        .map((constant) => ({ ...constant, up: constant.up - (node ? path.length : 0) })),
    );
    const shared = (index: number) =>
      tags[index]!.some(({ up, attribute }) =>
        tags.some((other, at) => at !== index && other.some((c) => c.up === up && c.attribute === attribute)),
      );
    const members = fields.flatMap((field, index) => {
      const isObject =
        field.node !== undefined &&
        (field.path.length === 0 ||
          (field.lazy &&
            fields.some((other) => other !== field && other.lazy && sameSteps(other.path, field.path))));
      const selects = shared(index) && (field.node !== undefined || field.attribute === undefined);
      return ((context.lazy || field.lazy) && isObject && field.needs === undefined) || selects
        ? [index]
        : [];
    });
    return members.length < 2 ? [] : members.sort((a, b) => position(a) - position(b));
  }
}

const unsent: XmlField = { unsent: true, path: [], constants: [] };
const never: XmlField = { ...unsent, never: true };

/** The source of a disk is written once it says what it is, and its policy or its encryption is set. */
function completes(path: string): boolean {
  return /(^|\.)source\.(startup_policy|encryption)$/.test(path);
}

interface Place {
  readonly element: string;
  readonly attribute?: string;
}

interface FoundConstant extends Place {
  readonly attribute: string;
  readonly value: string;
}

/** The places that are in both, without their values. */
function intersection(a: Flat, b: Flat): Flat {
  return new Map(
    [...a].flatMap(([element, { attributes }]) => {
      const other = b.get(element)?.attributes;
      if (!other) return [];
      const both = [...attributes.keys()].filter((name) => other.has(name));
      return [[element, { attributes: new Map(both.map((name) => [name, ""])), text: "" }]];
    }),
  );
}

const flattened = new Map<string, Flat>();

function flatten(xml: string): Flat {
  const known = flattened.get(xml);
  if (known) return known;
  const flat = new Map<string, { attributes: ReadonlyMap<string, string>; text: string }>();
  const visit = (element: XmlElement, parent: string): void => {
    const path = `${parent}/${element.name}`;
    flat.set(path, { attributes: element.attributes, text: element.children.length > 0 ? "" : element.text });
    for (const child of element.children) visit(child, path);
  };
  visit(parseXml(xml), "");
  flattened.set(xml, flat);
  return flat;
}

function placesOf(flat: Flat, base: Flat, sample: unknown): Place[] {
  const matches = (text: string) => (sample === SAMPLE ? text === SAMPLE : /^(0x)?0*7$/.test(text));
  return [...flat].flatMap(([element, { attributes, text }]): Place[] => [
    ...[...attributes]
      .filter(([name, value]) => matches(value) && base.get(element)?.attributes.get(name) !== value)
      .map(([attribute]) => ({ element, attribute })),
    ...(matches(text) && base.get(element)?.text !== text ? [{ element }] : []),
  ]);
}

/** Where a boolean shows: as "yes", or in the mere presence of an element. */
function presence(flat: Flat, base: Flat): Place[] {
  for (const [element, { attributes }] of flat) {
    for (const [attribute, value] of attributes) {
      if (value === "yes" && base.get(element)?.attributes.get(attribute) !== value)
        return [{ element, attribute }];
    }
  }
  const created = [...flat.keys()].filter((element) => !base.has(element));
  return created.length === 0 ? [] : [{ element: created.at(-1)! }];
}

function valueAt(flat: Flat, { element, attribute }: Place): string | undefined {
  const content = flat.get(element);
  return attribute === undefined ? content?.text : content?.attributes.get(attribute);
}

/** Whether a place is there although nobody set it. */
function has(flat: Flat, { element, attribute }: Place): boolean {
  const content = flat.get(element);
  return attribute === undefined ? content !== undefined : (content?.attributes.has(attribute) ?? false);
}

/** Constants that are not the value of a sibling. */
function introduced(flat: Flat, base: Flat, { siblings }: Vector): FoundConstant[] {
  const given = Object.values(siblings ?? {});
  return constantsOf(flat, base).filter(({ value }) => !given.includes(value));
}

const isZero = (value: string) => /^(0x)?0*$/.test(value);

function constantsOf(flat: Flat, base: Flat): FoundConstant[] {
  return [...flat].flatMap(([element, { attributes }]) =>
    [...attributes]
      .filter(([name, value]) => !isZero(value) && base.get(element)?.attributes.get(name) !== value)
      .map(([attribute, value]) => ({ element, attribute, value })),
  );
}

function relative({ element, attribute, value }: FoundConstant, from: string): XmlConstant[] {
  if (value === SAMPLE || value === SIBLING || !`${from}/`.startsWith(`${element}/`)) return [];
  return [{ up: from.split("/").length - element.split("/").length, attribute, value }];
}

function below(parent: string, element: string): string[] {
  return element === parent ? [] : element.slice(parent.length + 1).split("/");
}

function shared(a: string, b: string): string {
  const [left, right] = [a.split("/"), b.split("/")];
  const end = left.findIndex((step, index) => step !== right[index]);
  return left.slice(0, end === -1 ? undefined : end).join("/");
}

const sameSteps = (a: readonly string[], b: readonly string[]) => a.join("/") === b.join("/");

const sameConstant = (a: XmlConstant) => (b: XmlConstant) =>
  a.up === b.up && a.attribute === b.attribute && a.value === b.value;

/** Constants of an object that shows only with its values: those that come with each of them. */
function commonConstants(fields: readonly XmlField[]): XmlConstant[] {
  const leaves = fields.filter(({ node, unsent: never }) => node === undefined && !never);
  if (leaves.some(({ path, attribute }) => path.length === 0 && attribute === undefined)) return [];
  const [first, ...others] = leaves;
  return (first?.constants ?? []).filter(
    (constant) =>
      constant.up === 0 && others.every(({ constants }) => constants.some(sameConstant(constant))),
  );
}

function without(field: XmlField, hoisted: readonly XmlConstant[]): XmlField {
  return { ...field, constants: field.constants.filter((c) => !hoisted.some(sameConstant(c))) };
}
