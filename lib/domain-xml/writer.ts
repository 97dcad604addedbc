import { isLate } from "../plan/late";
import { type XmlConstant, type XmlField, type XmlKind, type XmlObject, xmlObject } from "./mapping";
import { OutputElement } from "./output";

/** An attribute of a configuration that the provider accepts and does not send. */
export interface DroppedAttribute {
  /** `devices.disks[0].source.file.fdGroup` */
  readonly at: string;
  readonly reason:
    | { readonly kind: "never" }
    /** Zero, or an empty text, which the provider takes for no value. */
    | { readonly kind: "zero" }
    /** Only the first of several alternatives is sent. */
    | { readonly kind: "alternative"; readonly sent: string }
    /** Sent only beside another attribute; by key, `value` where it must have this one. */
    | { readonly kind: "needs"; readonly any: readonly string[]; readonly value?: string };
}

/**
 * The XML that the provider sends to libvirt for a configuration.
 *
 * Late values stand in it as expressions; whatever the provider drops is missing ({@link droppedAttributes} says
 * what).
 *
 * @param config in the provider's vocabulary, camelCase: a `DomainConfig`, or a resource of a Plan.
 */
export function writeXml(kind: XmlKind, config: object): string {
  return new Writer().document(kind, config).toString();
}

/** What the provider would not send of a configuration, although it is set. */
export function droppedAttributes(kind: XmlKind, config: object): readonly DroppedAttribute[] {
  const writer = new Writer();
  writer.document(kind, config);
  return writer.dropped;
}

type Config = Readonly<Record<string, unknown>>;

const isSet = (value: unknown) => value !== undefined && value !== null;
/** Set, and not to what the provider takes for no value. */
const isGiven = (value: unknown) =>
  isSet(value) && value !== "" && value !== 0 && !(Array.isArray(value) && value.length === 0);

class Writer {
  readonly dropped: DroppedAttribute[] = [];

  document(kind: XmlKind, config: object): OutputElement {
    const root = new Slot(undefined, kind);
    const element = root.materialise();
    this.write(xmlObject(kind), config as Config, root, "");
    return element;
  }

  private write(object: XmlObject, config: Config, slot: Slot, at: string): void {
    const chosen = object.union.find((field) => this.isPresent(field, config[field.attribute.key]));
    const later: XmlField[] = [];
    for (const field of object.ordered) {
      const value = config[field.attribute.key];
      if (!isSet(value)) continue;
      const path = `${at}${field.attribute.key}`;
      if (field.unsent) {
        if (field.never) this.drop(path, { kind: "never" });
      } else if (chosen !== undefined && field !== chosen && object.union.includes(field)) {
        if (this.isPresent(field, value))
          this.drop(path, { kind: "alternative", sent: `${at}${chosen.attribute.key}` });
      } else if (field.needs === "" || field.completes) later.push(field);
      else if (this.meetsNeed(field, object, config, path)) this.field(field, value, slot, path, object);
      // Written all the same, as the XML layer would; the provider's conversion leaves it out before that.
      if (field.quantity !== undefined && !isSet(config[field.quantity])) {
        this.drop(path, { kind: "needs", any: [`${at}${field.quantity}`] });
      }
    }
    for (const field of later) {
      const path = `${at}${field.attribute.key}`;
      if (chosen?.exclusive) this.drop(path, { kind: "alternative", sent: `${at}${chosen.attribute.key}` });
      else if (slot.element === undefined && !(field.completes && chosen !== undefined)) {
        this.drop(path, { kind: "needs", any: bringers(object, chosen, at) });
      } else this.field(field, config[field.attribute.key], slot, path, object);
    }
    if (slot.element !== undefined) this.complete(object, config, slot);
  }

  /** Whether a member of a union counts as set: `false` for a mere presence, or an empty list, does not. */
  private isPresent({ attribute, xmlAttribute }: XmlField, value: unknown): boolean {
    if (!isSet(value)) return false;
    if (Array.isArray(value)) return value.length > 0;
    return (
      !(attribute.type.kind === "scalar" && attribute.type.scalar === "bool" && xmlAttribute === undefined) ||
      value !== false
    );
  }

  private meetsNeed({ needs }: XmlField, object: XmlObject, config: Config, path: string): boolean {
    if (needs === undefined) return true;
    const [, name, value] = /^\^?([^=]*)=?(.*)$/.exec(needs)!;
    const { key } = object.fields.find(({ attribute }) => attribute.name === name)!.attribute;
    const given = config[key];
    if (isLate(given) || (needs.startsWith("^") ? given === value : isGiven(given))) return true;
    const any = [`${path.slice(0, path.lastIndexOf(".") + 1)}${key}`];
    this.drop(path, needs.startsWith("^") ? { kind: "needs", any, value: value! } : { kind: "needs", any });
    return false;
  }

  private field(field: XmlField, value: unknown, slot: Slot, at: string, owner: XmlObject): void {
    const { type } = field.attribute;
    switch (type.kind) {
      case "scalar":
        if (type.scalar === "bool") this.boolean(field, value, slot);
        else this.scalar(field, value, slot, at, owner);
        return;
      case "list":
      case "set":
        for (const item of asList(value))
          slot.below(field.path.slice(0, -1)).fresh(field.path.at(-1)!).materialise().text = String(item);
        return;
      case "object":
        if (!isLate(value)) this.object(field, value as Config, slot.place(field), `${at}.`);
        return;
      case "objectList":
        asList(value).forEach((item, index) => {
          if (item === null || item === undefined || isLate(item)) return;
          const { path } = field;
          const itemSlot = path.length === 0 ? slot : slot.below(path.slice(0, -1)).fresh(path.at(-1)!);
          this.object(field, item as Config, itemSlot, `${at}[${index}].`);
        });
    }
  }

  private object({ constants, lazy, object }: XmlField, value: Config, slot: Slot, at: string): void {
    slot.setConstants(constants);
    if (!lazy) slot.materialise();
    this.write(object!, value, slot, at);
  }

  private boolean(field: XmlField, value: unknown, slot: Slot): void {
    const { xmlAttribute, constants, presence } = field;
    if (xmlAttribute !== undefined) {
      const text = isLate(value) ? String(value) : value ? "yes" : "no";
      slot.place(field).materialise().attributes.set(xmlAttribute, text);
    } else if (value !== false) {
      slot.setConstants(constants);
      if (presence || constants.some(({ up }) => up === 0)) slot.place(field).materialise();
    }
  }

  private scalar(field: XmlField, value: unknown, slot: Slot, at: string, owner: XmlObject): void {
    const isMember = owner.union.includes(field);
    // An element that comes only with its contents does not come with none.
    if (!isGiven(value) && (!field.writesZero || (slot.element === undefined && !isMember))) {
      this.drop(at, { kind: "zero" });
      return;
    }
    const { xmlAttribute, repeated } = field;
    const constants = field.constants.filter(({ up }) => up >= 0);
    if (isMember) slot.setConstants(constants);
    // Outside a union, what a value brings with it tells it from another of its kind.
    const target = constants.length === 0 || isMember ? slot : slot.variant(constants);
    const element = target.place(field).materialise();
    for (const { up, name, value: fixed } of field.constants) if (up < 0) element.attributes.set(name, fixed);
    const text = format(field, value);
    if (xmlAttribute !== undefined) element.attributes.set(xmlAttribute, text);
    else if (field.raw) element.raw = text;
    else element.text = text;
    if (repeated !== undefined) slot.parent?.materialise().attributes.set(repeated, text);
  }

  /** What is written although nobody set it. */
  private complete(object: XmlObject, config: Config, slot: Slot): void {
    for (const field of object.fields) {
      const { attribute, path, xmlAttribute } = field;
      if (field.unsent || isSet(config[attribute.key])) continue;
      const isNumber = attribute.type.kind === "scalar" && attribute.type.scalar === "number";
      const zero = isNumber ? format(field, 0) : "";
      if (field.always) {
        const element = slot.below(path).materialise();
        if (field.object) this.write(field.object, {}, slot.below(path), "");
        else if (xmlAttribute !== undefined) element.attributes.set(xmlAttribute, zero);
        else element.text = zero;
      } else if (isNumber && xmlAttribute === undefined) {
        // A number whose unit alone is set.
        const element = slot.peek(path);
        if (element !== undefined && element !== slot.element) element.text ??= zero;
      }
    }
  }

  private drop(at: string, reason: DroppedAttribute["reason"]): void {
    this.dropped.push({ at, reason });
  }
}

/** What would bring the element of an object that only comes with its contents. */
function bringers(object: XmlObject, chosen: XmlField | undefined, at: string): string[] {
  const fields =
    chosen?.object === undefined
      ? object.union.length > 0
        ? object.union.map(({ attribute }) => attribute.key)
        : leaves(object)
      : leaves(chosen.object).map((key) => `${chosen.attribute.key}.${key}`);
  return fields.map((key) => `${at}${key}`);
}

function leaves({ fields }: XmlObject): string[] {
  return fields
    .filter(({ unsent, needs, object }) => !unsent && needs === undefined && object === undefined)
    .map(({ attribute }) => attribute.key);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function format({ hexadecimal }: XmlField, value: unknown): string {
  if (hexadecimal === undefined || typeof value !== "number" || isLate(value)) return String(value);
  return `0x${value.toString(16).padStart(hexadecimal, "0")}`;
}

/** The place of an element, which comes into being once something is written to it. */
class Slot {
  element: OutputElement | undefined;
  private readonly constants = new Map<string, string>();
  private readonly slots = new Map<string, Slot>();

  constructor(
    readonly parent: Slot | undefined,
    private readonly name: string,
  ) {}

  materialise(): OutputElement {
    if (this.element === undefined) {
      this.element = new OutputElement(this.name);
      for (const [name, value] of this.constants) this.element.attributes.set(name, value);
      this.parent?.materialise().children.push(this.element);
    }
    return this.element;
  }

  setConstants(constants: readonly XmlConstant[]): void {
    for (const { up, name, value } of constants) {
      let slot: Slot = this;
      for (let level = 0; level < up; level++) slot = slot.parent!;
      if (up > 0) slot.materialise();
      slot.constants.set(name, value);
      slot.element?.attributes.set(name, value);
    }
  }

  below(path: readonly string[]): Slot {
    return path.reduce<Slot>((slot, name) => slot.child(name, name), this);
  }

  /** The place of a field's element: one name in two namespaces makes two elements. */
  place({ path, constants }: XmlField): Slot {
    const namespace = constants.find(({ name }) => name === "xmlns")?.value ?? "";
    return path.reduce<Slot>((slot, name, index) => {
      const isLast = index === path.length - 1;
      return slot.child(isLast && namespace !== "" ? `${name} ${namespace}` : name, name);
    }, this);
  }

  /** The element at a path, if it came into being. */
  peek(path: readonly string[]): OutputElement | undefined {
    return path.reduce<Slot | undefined>((slot, name) => slot?.slots.get(name), this)?.element;
  }

  /** A place for one more element of this name. */
  fresh(name: string): Slot {
    return new Slot(this, name);
  }

  /** An element of the same name beside this one, told apart by constants. */
  variant(constants: readonly XmlConstant[]): Slot {
    const key = `${this.name} ${constants.map(({ name, value }) => `${name}=${value}`).join(" ")}`;
    const slot = this.parent!.child(key, this.name);
    for (const [name, value] of this.constants) slot.constants.set(name, value);
    slot.setConstants(constants);
    return slot;
  }

  private child(key: string, name: string): Slot {
    const slot = this.slots.get(key) ?? new Slot(this, name);
    this.slots.set(key, slot);
    return slot;
  }
}
