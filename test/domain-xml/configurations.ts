import fc from "fast-check";
import { type XmlKind, type XmlObject, xmlObject } from "../../lib/domain-xml/mapping";

/** Texts that need escaping, that look like numbers, and that hold what a careless reader would trim or join. */
const text = fc.oneof(
  fc.constantFrom("a", "b c", "x&y<z>\"'", " é ", "1", "0x1", "]]>", "\u{1f600}", "tab\tend"),
  fc
    .string({ minLength: 1, maxLength: 8, unit: "grapheme" })
    .filter((value) => value.trim() !== "" && !/[\r\ufffe\uffff]/.test(value)),
);
const xml = fc.constantFrom("<a xmlns='urn:a'/>", "<b:c xmlns:b='urn:b' d='&amp;'>e</b:c><f/>");
const quantity = fc.integer({ min: 1, max: 2 ** 40 });

type Config = Record<string, unknown>;

/**
 * Random configurations that the provider sends whole: of alternatives one, beside what needs another that other, and
 * no value that it takes for none.
 */
export function configurations(kind: XmlKind): fc.Arbitrary<Config> {
  return objects(xmlObject(kind), 0);
}

function objects(object: XmlObject, depth: number): fc.Arbitrary<Config> {
  const usable = object.fields.filter(({ unsent, needs, completes, attribute }) => {
    if (unsent || attribute.mode === "readOnly") return false;
    // Without what it requires, a configuration is none.
    return attribute.mode === "required" || (needs === undefined && !completes);
  });
  const union = object.union.filter((field) => usable.includes(field));
  const required = usable.filter(({ attribute, always }) => always || attribute.mode === "required");
  const optional = usable.filter(
    (field) => !required.includes(field) && !union.includes(field) && field.quantity === undefined,
  );
  const most = Math.min(optional.length, [6, 4, 3][depth] ?? 2);
  return fc
    .tuple(
      fc.subarray(optional, { maxLength: most }),
      union.length === 0 ? fc.constant([]) : fc.constantFrom(...union.map((member) => [member])),
    )
    .chain(([chosen, member]) => {
      const fields = [...required.filter((field) => !union.includes(field)), ...chosen, ...member];
      return fc.record(
        Object.fromEntries(fields.map((field) => [field.attribute.key, values(field, depth)])),
      ) as fc.Arbitrary<Config>;
    });
}

function values(
  { attribute, object, raw, presence, xmlAttribute, path, constants }: XmlObject["fields"][number],
  depth: number,
): fc.Arbitrary<unknown> {
  const { type } = attribute;
  switch (type.kind) {
    case "scalar":
      if (type.scalar === "number") return quantity;
      if (type.scalar === "string") return raw ? xml : text;
      return presence || (xmlAttribute === undefined && path.length + constants.length > 0)
        ? fc.constant(true)
        : fc.boolean();
    case "list":
    case "set":
      return fc.array(text, { minLength: 1, maxLength: 3 });
    case "object":
      return objects(object!, depth + 1);
    case "objectList":
      return fc.array(objects(object!, depth + 1), { minLength: 1, maxLength: 2 });
  }
}
