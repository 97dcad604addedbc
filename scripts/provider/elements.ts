import { configKey, pascalCase, TypeNames } from "./naming";
import type { LeafType, Mode, ProviderSchema, SchemaAttribute, SchemaType } from "./schema";

export type ElementKind = "Provider" | "Resource" | "DataSource";

/** A nested object type with the name that its configuration interface gets. */
export interface NamedObject {
  readonly name: string;
  readonly attributes: readonly NamedAttribute[];
}

export type NamedType = LeafType | { readonly kind: "object" | "objectList"; readonly object: NamedObject };

export interface NamedAttribute {
  readonly name: string;
  readonly key: string;
  readonly mode: Mode;
  readonly type: NamedType;
}

/** One class of the bindings. */
export interface Element {
  readonly kind: ElementKind;
  /** `libvirt_domain`; for the provider, `libvirt`. */
  readonly terraformType: string;
  readonly className: string;
  readonly configName: string;
  /** The folder, and so the subpath, that the class lives in. */
  readonly folder: string;
  readonly attributes: readonly NamedAttribute[];
}

const providerName = "libvirt";

/** Terraform accepts `alias` for every provider; a schema never lists it. */
const alias: SchemaAttribute = {
  name: "alias",
  mode: "optional",
  type: { kind: "scalar", scalar: "string" },
};

/** Names every type in the order in which `cdktf get` does, since a repeated name depends on the order. */
export function nameElements(schema: ProviderSchema): Element[] {
  const names = new TypeNames();

  const element = (
    kind: ElementKind,
    terraformType: string,
    base: string,
    folder: string,
    attributes: readonly SchemaAttribute[],
  ): Element => {
    const className = names.claim(pascalCase(base));
    const configName = names.claim(`${className}Config`);
    const root = kind === "Provider" ? [providerName, base] : [base];
    return { kind, terraformType, className, configName, folder, attributes: nameAll(attributes, root) };
  };

  const nameAll = (attributes: readonly SchemaAttribute[], path: readonly string[]): NamedAttribute[] =>
    attributes.map(({ name, mode, type }) => ({
      name,
      key: configKey(name),
      mode,
      type: nameType(type, [...path, name]),
    }));

  const nameType = (type: SchemaType, path: readonly string[]): NamedType => {
    if (!("attributes" in type)) return type;
    const attributes = nameAll(type.attributes, path);
    return { kind: type.kind, object: { name: names.claimNested(path), attributes } };
  };

  const folderOf = (base: string) => base.replaceAll("_", "-");
  return [
    ...[...schema.resources].map(([type, attributes]) => {
      const base = type.slice(providerName.length + 1);
      return element("Resource", type, base, folderOf(base), attributes);
    }),
    ...[...schema.dataSources].map(([type, attributes]) => {
      const base = `data_${type}`;
      return element("DataSource", type, base, folderOf(base), attributes);
    }),
    element("Provider", providerName, `${providerName}_provider`, "provider", [...schema.provider, alias]),
  ];
}
