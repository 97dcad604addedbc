import { type TerraformElement, TerraformProvider } from "../engine";
import { type LibvirtElement, settingsOf } from "./element";
import { referenceTo } from "./reference";
import { type Attribute, type ObjectType, titleCase } from "./table";

type Member = TerraformElement & LibvirtElement & Parameters<typeof referenceTo>[0];

/**
 * Gives a class what `cdktf get` would: for each attribute a getter that makes a reference, a setter (or `put…`
 * for a nested object), `reset…`, and `…Input` for what was configured.
 */
export function defineAttributes(elementClass: { readonly prototype: object }, type: ObjectType): void {
  const { prototype } = elementClass;
  for (const attribute of type.attributes) {
    Object.defineProperties(
      prototype,
      attribute.mode === "readOnly" ? reader(attribute) : accessors(attribute),
    );
  }
}

const isNested = ({ type }: Attribute) => type.kind === "object" || type.kind === "objectList";

/** The arguments of a provider cannot be referred to: they read as what they are. */
function read(element: Member, { key, name, type }: Attribute): unknown {
  if (TerraformProvider.isTerraformProvider(element)) return settingsOf(element).config[key];
  return referenceTo(element, name, type);
}

function reader(attribute: Attribute): PropertyDescriptorMap {
  return {
    [attribute.key]: {
      get(this: Member) {
        return read(this, attribute);
      },
    },
  };
}

function accessors(attribute: Attribute): PropertyDescriptorMap {
  const { key, mode } = attribute;
  const get = reader(attribute)[key]!;
  const put = function (this: Member, value: unknown) {
    settingsOf(this).set(key, value);
  };
  return {
    [key]: isNested(attribute) ? get : { ...get, set: put },
    ...(isNested(attribute) && { [`put${titleCase(key)}`]: { value: put } }),
    ...(mode !== "required" && {
      [`reset${titleCase(key)}`]: {
        value(this: Member) {
          settingsOf(this).set(key, undefined);
        },
      },
    }),
    [`${key}Input`]: {
      get(this: Member) {
        return settingsOf(this).config[key];
      },
    },
  };
}
