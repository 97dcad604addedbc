import { type Attribute, type ObjectType, resourceType } from "../provider/table";
import { nodes, roots } from "./table.generated";

/** The documents of libvirt that the provider writes. */
export type XmlKind = "domain" | "network" | "pool" | "volume";

export const XML_KINDS: readonly XmlKind[] = ["domain", "network", "pool", "volume"];

const KIND_OF_TYPE: ReadonlyMap<string, XmlKind> = new Map(
  XML_KINDS.map((kind) => [`libvirt_${kind}`, kind]),
);

/** What a resource of this type is in XML; undefined for one that is none, such as a cloud-init disk. */
export function xmlKindOf(resourceType: string): XmlKind | undefined {
  return KIND_OF_TYPE.get(resourceType);
}

/** What libvirt takes an element for that says no `type`. */
export const DEFAULT_TYPES: ReadonlyMap<string, string> = new Map([
  ["disk", "file"],
  ["backingStore", "file"],
  ["mirror", "file"],
  ["filesystem", "mount"],
  ["serial", "pty"],
  ["parallel", "pty"],
  ["console", "pty"],
  ["channel", "pty"],
]);

/** An XML attribute with a fixed value that comes with an attribute of the configuration. */
export interface XmlConstant {
  /** How many elements above the owner's element it stands; -1 for the element of the value itself. */
  readonly up: number;
  readonly name: string;
  readonly value: string;
}

/** Where one attribute of the provider goes in the XML. */
export interface XmlField {
  readonly attribute: Attribute;
  /** It is for the provider itself, or never sent. */
  readonly unsent: boolean;
  /** The provider accepts it, and drops it always. */
  readonly never: boolean;
  /** Elements below the owner's; none when it is the owner's element itself. */
  readonly path: readonly string[];
  /** The XML attribute that holds the value; otherwise the element's text, or its presence. */
  readonly xmlAttribute: string | undefined;
  readonly constants: readonly XmlConstant[];
  /** Digits, where a number is written in hexadecimal. */
  readonly hexadecimal: number | undefined;
  /** An XML attribute of the element above that repeats the value. */
  readonly repeated: string | undefined;
  /** Sent only beside another attribute: `""` any that brings the element, `name` this one, `^name=value` with this value. */
  readonly needs: string | undefined;
  /** A boolean that shows in the presence of an element. */
  readonly presence: boolean;
  /** Key of the attribute whose element this one is an XML attribute of: `memory` for `memoryUnit`. */
  readonly quantity: string | undefined;
  /** The text is XML. */
  readonly raw: boolean;
  /** Written also where it is not set, as zero or empty. */
  readonly always: boolean;
  /** Whether zero, or an empty text, is sent where it is set. */
  readonly writesZero: boolean;
  /** An object whose element comes only with its contents. */
  readonly lazy: boolean;
  /** Brings the owner's element as soon as a member of its union is set. */
  readonly completes: boolean;
  /** A member of a union beside which nothing else is sent. */
  readonly exclusive: boolean;
  readonly object: XmlObject | undefined;
}

/** An object of the provider's schema as XML; fields are those of the schema, in its order. */
export interface XmlObject {
  readonly fields: readonly XmlField[];
  /** Of these fields the provider sends the first that is set. */
  readonly union: readonly XmlField[];
  /** All fields, those with elements in the order in which the provider writes them. */
  readonly ordered: readonly XmlField[];
  byKey(key: string): XmlField | undefined;
}

/** The mapping of a whole document. */
export function xmlObject(kind: XmlKind): XmlObject {
  return node(roots[kind]!, resourceType(`libvirt_${kind}`)!);
}

const decoded = new Map<ObjectType, Map<number, XmlObject>>();

function node(index: number, type: ObjectType): XmlObject {
  const known = decoded.get(type) ?? new Map<number, XmlObject>();
  decoded.set(type, known);
  const object = known.get(index) ?? new EncodedXmlObject(nodes[index]!, type);
  known.set(index, object);
  return object;
}

/** A line of the generated table, read when somebody asks for it. */
class EncodedXmlObject implements XmlObject {
  private read: Pick<XmlObject, "fields" | "union" | "ordered"> | undefined;
  private keys: ReadonlyMap<string, XmlField> | undefined;

  constructor(
    private readonly encoded: string,
    private readonly type: ObjectType,
  ) {}

  get fields(): readonly XmlField[] {
    return this.decode().fields;
  }

  get union(): readonly XmlField[] {
    return this.decode().union;
  }

  get ordered(): readonly XmlField[] {
    return this.decode().ordered;
  }

  byKey(key: string): XmlField | undefined {
    this.keys ??= new Map(this.fields.map((field) => [field.attribute.key, field]));
    return this.keys.get(key);
  }

  private decode() {
    if (this.read) return this.read;
    const parts = this.encoded.split(" ");
    const positions = (mark: string) =>
      parts[0]?.startsWith(mark) ? parts.shift()!.slice(1).split(mark).map(Number) : [];
    const order = positions(":");
    const union = positions("|");
    const { attributes } = this.type;
    const fields = withQuantities(
      attributes.map((attribute, index) => decodeField(parts[index]!, attribute)),
    );
    const elements = order.map((index) => fields[index]!);
    this.read = {
      fields,
      union: union.map((index) => fields[index]!),
      ordered: [...elements, ...fields.filter((field) => !elements.includes(field))],
    };
    return this.read;
  }
}

function withQuantities(fields: readonly XmlField[]): readonly XmlField[] {
  const texts = new Map(
    fields
      .filter(
        ({ xmlAttribute, path, object }) =>
          xmlAttribute === undefined && path.length > 0 && object === undefined,
      )
      .map(({ path, attribute }) => [path.join("/"), attribute.key]),
  );
  if (texts.size === 0) return fields;
  return fields.map((field) =>
    field.xmlAttribute === undefined || field.path.length === 0
      ? field
      : { ...field, quantity: texts.get(field.path.join("/")) },
  );
}

const FIELD =
  /^([^@{%=?!#]*)(?:@([^{%=?!#]+))?((?:\{[^}]*\})*)(?:%(\d+))?(?:=(\w+))?(\?[^!#]*)?(?:!(\w+))?(?:#(\d+))?$/;

/** `path@attribute{^constant=value}%digits=repeated?needs!flags#node`, or `-`. */
function decodeField(encoded: string, attribute: Attribute): XmlField {
  const [, path = "", xmlAttribute, constants = "", digits, repeated, needs, flags = "", index] =
    FIELD.exec(encoded)!;
  const { type } = attribute;
  const never = flags.includes("n");
  const unsent = encoded === "-" || never;
  return {
    attribute,
    unsent,
    never,
    path: unsent || path === "" ? [] : path.split("/"),
    xmlAttribute,
    constants: constants === "" ? [] : constants.slice(1, -1).split("}{").map(decodeConstant),
    hexadecimal: digits === undefined ? undefined : Number(digits),
    repeated,
    needs: needs?.slice(1),
    presence: flags.includes("p"),
    quantity: undefined,
    raw: flags.includes("r"),
    always: flags.includes("a"),
    writesZero: flags.includes("z") || flags.includes("a"),
    lazy: flags.includes("l"),
    completes: flags.includes("c"),
    exclusive: flags.includes("x"),
    object: "object" in type && index !== undefined ? node(Number(index), type.object) : undefined,
  };
}

function decodeConstant(encoded: string): XmlConstant {
  const [, up, name, value] = /^(>|\^*)([^=]+)=(.*)$/.exec(encoded)!;
  return { up: up === ">" ? -1 : up!.length, name: name!, value: value! };
}
