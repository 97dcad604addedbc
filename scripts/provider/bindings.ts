import { titleCase } from "../../lib/provider/table";
import type { Element, NamedAttribute, NamedObject, NamedType } from "./elements";
import { header } from "./header";

const scalars = { string: "string", number: "number", bool: "boolean" } as const;

const isAssignable = ({ mode }: NamedAttribute) => mode !== "readOnly";

/** The type of a configuration key, in the words of `cdktf get`. */
function inputType(type: NamedType): string {
  switch (type.kind) {
    case "scalar":
      return type.scalar === "bool" ? "boolean | IResolvable" : scalars[type.scalar];
    case "list":
    case "set":
      return type.element === "bool"
        ? "Array<boolean | IResolvable> | IResolvable"
        : `${scalars[type.element]}[]`;
    case "object":
      return type.object.name;
    case "objectList":
      return `${type.object.name}[] | IResolvable`;
  }
}

/** What is kept of a configuration key: a whole object can also be a token. */
function storedType(type: NamedType): string {
  return type.kind === "object" ? `${type.object.name} | IResolvable` : inputType(type);
}

function configInterface(name: string, attributes: readonly NamedAttribute[], parent = ""): string {
  const keys = attributes
    .filter(isAssignable)
    .map((a) => `  readonly ${a.key}${a.mode === "required" ? "" : "?"}: ${inputType(a.type)};`);
  return [`export interface ${name}${parent} {`, ...keys, "}"].join("\n");
}

/** Nested types before the types that use them. */
function nestedObjects(attributes: readonly NamedAttribute[]): NamedObject[] {
  return attributes.flatMap(({ type }) =>
    type.kind === "object" || type.kind === "objectList"
      ? [...nestedObjects(type.object.attributes), type.object]
      : [],
  );
}

/** The type of a reference. Read-only attributes are no part of the configuration type and are added. */
function referenceType(type: NamedType): string {
  switch (type.kind) {
    case "scalar":
      return type.scalar === "bool" ? "IResolvable" : scalars[type.scalar];
    case "list":
    case "set":
      return type.element === "bool" ? "IResolvable" : `${scalars[type.element]}[]`;
    case "object":
    case "objectList": {
      const name = type.kind === "object" ? "ObjectReference" : "ListReference";
      const added = readOnlyMembers(type.object);
      return `${name}<${type.object.name}${added === "" ? "" : `, { ${added} }`}>`;
    }
  }
}

function readOnlyMembers({ attributes }: NamedObject): string {
  return attributes
    .filter((a) => !isAssignable(a) || ("object" in a.type && readOnlyMembers(a.type.object) !== ""))
    .map((a) => `readonly ${a.key}: ${referenceType(a.type)}`)
    .join("; ");
}

const bases = {
  Provider: "LibvirtProviderBase",
  Resource: "LibvirtResource",
  DataSource: "LibvirtDataSource",
} as const;

function readAndWrite({ key, type }: NamedAttribute, kind: Element["kind"]): string[] {
  const [read, written] =
    kind === "Provider"
      ? [`${inputType(type)} | undefined`, `${inputType(type)} | undefined`]
      : [referenceType(type), inputType(type)];
  if ("object" in type) {
    return [
      `readonly ${key}: ${referenceType(type)};`,
      `put${titleCase(key)}(value: ${inputType(type)}): void;`,
    ];
  }
  return [`get ${key}(): ${read};`, `set ${key}(value: ${written});`];
}

function members(attribute: NamedAttribute, kind: Element["kind"]): string[] {
  const { key, type, mode } = attribute;
  if (!isAssignable(attribute)) return [`readonly ${key}: ${referenceType(type)};`];
  return [
    ...readAndWrite(attribute, kind),
    ...(mode === "required" ? [] : [`reset${titleCase(key)}(): void;`]),
    `readonly ${key}Input: ${storedType(type)} | undefined;`,
  ];
}

function docsUrl({ kind, terraformType }: Element, version: string): string {
  const docs = `https://registry.terraform.io/providers/dmacvicar/libvirt/${version}/docs`;
  if (kind === "Provider") return docs;
  return `${docs}/${kind === "Resource" ? "resources" : "data-sources"}/${terraformType.replace(/^libvirt_/, "")}`;
}

function classOf(element: Element, version: string): string {
  const { kind, terraformType, className, configName, attributes } = element;
  const optional = attributes.some((a) => a.mode === "required") ? "" : " = {}";
  return `export interface ${className} {
${attributes.flatMap((a) => members(a, kind).map((line) => `  ${line}`)).join("\n")}
}
/** ${docsUrl(element, version)} */
export class ${className} extends ${bases[kind]} {
  static readonly tfResourceType = "${terraformType}";
  constructor(scope: Construct, id: string, config: ${configName}${optional}) {
    super(scope, id, ${className}.tfResourceType, config);
  }
}
defineAttributes(${className}, ${typeLookup(kind, terraformType)});`;
}

function typeLookup(kind: Element["kind"], terraformType: string): string {
  if (kind === "Provider") return "providerType()";
  return `${kind === "Resource" ? "resourceType" : "dataSourceType"}("${terraformType}")!`;
}

/** The module of one class: its configuration types and the class itself. */
export function elementModule(element: Element, version: string): string {
  const { kind, configName, attributes } = element;
  const body = [
    ...nestedObjects(attributes).map((object) => configInterface(object.name, object.attributes)),
    configInterface(configName, attributes, kind === "Provider" ? "" : " extends TerraformMetaArguments"),
    classOf(element, version),
  ].join("\n");
  const used = (names: string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body)).join(", ");
  const imported = (keyword: string, names: string[], from: string) => {
    const list = used(names);
    return list === "" ? [] : [`${keyword} { ${list} } from "${from}";`];
  };
  return [
    header(version),
    'import type { Construct } from "constructs";',
    ...imported("import type", ["IResolvable", "TerraformMetaArguments"], "../engine"),
    ...imported("import", ["defineAttributes"], "./accessors"),
    ...imported("import", Object.values(bases), "./element"),
    ...imported("import type", ["ListReference", "ObjectReference"], "./reference"),
    ...imported("import", ["dataSourceType", "providerType", "resourceType"], "./table"),
    "",
    body,
    "",
  ].join("\n");
}

/** `lib/provider/index.ts`: every name flat, and the namespaces that `cdktf get` makes. */
export function indexModule(elements: readonly Element[], version: string): string {
  const namespace = (folder: string) => folder.replace(/-(.)/g, (_, next: string) => next.toUpperCase());
  const folders = elements.map(({ folder }) => folder).sort();
  return [
    header(version),
    ...folders.flatMap((folder) => [
      `export * as ${namespace(folder)} from "./${folder}";`,
      `export * from "./${folder}";`,
    ]),
    "",
  ].join("\n");
}
