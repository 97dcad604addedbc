/**
 * The names that `cdktf get` gives to what it finds in a provider schema. It takes them from camelcase 6 and
 * a list of names that some jsii language cannot use.
 */

/** `vepa8021_qbg` -> `vepa8021Qbg`, `accel3d` -> `accel3D`: a letter after an underscore or digits is upper case. */
function camelCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/_+(\w|$)/g, (_, next: string) => next.toUpperCase())
    .replace(/\d+(\w|$)/g, (match) => match.toUpperCase());
}

export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

const reserved: Readonly<Record<string, string>> = {
  build: "buildAttribute",
  equals: "equalTo",
  importFrom: "importFromAttribute",
  moveTo: "moveToAttribute",
  node: "nodeAttribute",
  self: "selfAttribute",
  software: "softwareAttribute",
  system: "systemAttribute",
  tfResourceType: "tfResourceTypeAttribute",
};

/** The configuration key of a Terraform attribute. */
export function configKey(attribute: string): string {
  const key = camelCase(attribute);
  if (/^get[A-Za-z]/.test(key)) return key.replace("get", "fetch");
  return Object.hasOwn(reserved, key) ? reserved[key]! : key;
}

/** Hands out every type name once, as `cdktf get` does: a repeated name gets an "A". */
export class TypeNames {
  private readonly taken = new Set<string>();

  claim(name: string): string {
    const unique = this.taken.has(name) ? `${name}A` : name;
    this.taken.add(unique);
    return unique;
  }

  /** A name that ends in "list" would collide with the class of a list of that type. */
  claimNested(path: readonly string[]): string {
    const name = pascalCase(path.join("_"));
    return this.claim(name.toLowerCase().endsWith("list") ? `${name}Struct` : name);
  }
}
