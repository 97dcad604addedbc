import { type ObjectType, resourceType } from "../provider/table";
import type { RawPlan } from "./build";
import { isObject, type Json } from "./json";
import { type ConfiguredResource, PlanConfiguration } from "./plan-configuration";
import type { RawResource, ReferenceTarget } from "./resource";

/** `terraform show -json`, of a plan or of a state. */
export interface ShownJson {
  /** Of a plan: everything that there will be. */
  readonly planned_values?: { readonly root_module?: ShownModule };
  /** Of a state: everything that there is. */
  readonly values?: { readonly root_module?: ShownModule };
  readonly resource_changes?: readonly { readonly address: string; readonly change?: Json }[];
  readonly configuration?: Json;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
}

interface ShownModule {
  readonly address?: string;
  readonly resources?: readonly ShownResource[];
  readonly child_modules?: readonly ShownModule[];
}

export interface ShownResource {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly index?: number | string;
  readonly values?: Json;
  readonly sensitive_values?: unknown;
}

/** Terraform's own words for what it does not show. */
const UNKNOWN = "${(known after apply)}";
const SENSITIVE = "${(sensitive value)}";

/** Reads every libvirt resource of a plan or a state, and of a plan its providers. */
export function readTerraformPlan(shown: ShownJson, unit: string): RawPlan {
  const configuration = new PlanConfiguration(shown.configuration ?? {}, shown.variables ?? {}, unit);
  const resources = shownResources(shown);
  const addresses = new Set(resources.map(({ address }) => address));
  const changes = new Map((shown.resource_changes ?? []).map(({ address, change }) => [address, change]));
  return {
    providers: configuration.providers(),
    removals: configuration.removals(),
    resources: resources.map((resource) => {
      const configured = configuration.resource(resource);
      const reader = new ValuesReader(resource, configured, (address) => addresses.has(address));
      return {
        type: resource.type,
        name: resource.name,
        unit,
        label: resource.address,
        address: resource.address,
        ...reader.read(changes.get(resource.address)?.after_unknown),
        ...(configured?.provider !== undefined && { provider: configured.provider }),
        ...(resource.type === "libvirt_domain" && {
          lifeCycle: {
            actions: changes.get(resource.address)?.actions as readonly string[] | undefined,
            ...(configured && { dependsOn: configured.dependsOn }),
          },
        }),
      };
    }),
  };
}

/** The libvirt resources that there will be, or are. */
export function shownResources({ planned_values: planned, values }: ShownJson): ShownResource[] {
  return libvirtResources((planned ?? values)?.root_module ?? {});
}

function libvirtResources(module: ShownModule): ShownResource[] {
  return [
    ...(module.resources ?? []).filter(
      ({ mode = "managed", type }) => mode === "managed" && type.startsWith("libvirt_"),
    ),
    ...(module.child_modules ?? []).flatMap(libvirtResources),
  ];
}

/** The values of one resource: what is known, what apply will tell, and what is nobody's business. */
class ValuesReader {
  /** Where values stand that only apply knows, in the order of the configuration. */
  private readonly late: { readonly attribute: string; readonly in: Json; readonly name: string }[] = [];

  constructor(
    private readonly resource: ShownResource,
    private readonly configured: ConfiguredResource | undefined,
    private readonly exists: (address: string) => boolean,
  ) {}

  read(unknown: unknown): Pick<RawResource, "attributes" | "references"> {
    const { type, values = {}, sensitive_values: sensitive } = this.resource;
    const table = resourceType(type);
    const attributes: Json = table
      ? this.object(table, { values, unknown, sensitive, stated: this.configured?.constants })
      : { ...values };
    return { attributes, references: this.reference() };
  }

  /** Only what a configuration may say: computed attributes are the provider's. `attribute` is the top-level one. */
  private object(table: ObjectType, at: Beside, attribute?: string): Json {
    const object: Json = {};
    const values = at.values as Json;
    for (const name in values) {
      const known = table.byName(name);
      if (known === undefined || known.mode === "readOnly") continue;
      if (known.mode === "optionalComputed" && this.isProvidersOwn(name)) continue;
      const value = this.value(known.type, below(at, name), attribute ?? name);
      if (value !== undefined) object[name] = value;
    }
    if (isObject(at.unknown)) this.addUnknown(table, at.unknown, object, attribute);
    if (isObject(at.stated)) addDropped(table, at, at.stated, object);
    return object;
  }

  private value(
    type: { readonly kind: string; readonly object?: ObjectType },
    at: Beside,
    attribute: string,
  ): unknown {
    if (at.sensitive === true) return SENSITIVE;
    const { values: value } = at;
    if (value === null || value === undefined) return undefined;
    if (type.object === undefined) return Array.isArray(value) ? this.list(value, at) : value;
    if (!Array.isArray(value)) return isObject(value) ? this.object(type.object, at, attribute) : value;
    return value.map((element, index) => {
      const each = below(at, index);
      if (each.sensitive === true) return SENSITIVE;
      if (each.unknown === true) return UNKNOWN;
      return isObject(element) ? this.object(type.object!, each, attribute) : element;
    });
  }

  private list(list: readonly unknown[], at: Beside): unknown[] {
    return list.map((element, index) => {
      const { unknown, sensitive } = below(at, index);
      return sensitive === true ? SENSITIVE : unknown === true ? UNKNOWN : element;
    });
  }

  private addUnknown(table: ObjectType, unknown: Json, object: Json, attribute?: string): void {
    for (const name in unknown) {
      const known = table.byName(name);
      if (unknown[name] !== true || known === undefined || known.mode === "readOnly") continue;
      const top = attribute ?? name;
      if (known.mode === "optionalComputed" && this.isProvidersOwn(top)) continue;
      object[name] = UNKNOWN;
      if (known.type.kind === "scalar") this.late.push({ attribute: top, in: object, name });
    }
  }

  /** Whether the provider decided a value that the configuration could have said, but has not. */
  private isProvidersOwn(attribute: string): boolean {
    if (this.configured) return !this.configured.states(attribute);
    // A state has no configuration, and the size of an uploaded volume is that of what was uploaded.
    const { create } = this.resource.values ?? {};
    return attribute === "capacity" && isObject(create) && isObject(create.content);
  }

  /**
   * Names in each late text what it will come from, where the configuration leaves no doubt: as many references in
   * the attribute's expression as values that they stand for.
   */
  private reference(): RawResource["references"] {
    const references = new Map<string, ReferenceTarget>();
    for (const attribute of new Set(this.late.map((each) => each.attribute))) {
      const places = this.late.filter((each) => each.attribute === attribute);
      const targets = this.configured?.references(attribute, this.exists) ?? [];
      if (targets.length !== places.length) continue;
      places.forEach((place, index) => {
        const target = targets[index]!;
        const text = `\${${target.resource.address}.${target.attribute}}`;
        place.in[place.name] = text;
        references.set(text, target);
      });
    }
    return references.size > 0 ? references : undefined;
  }
}

/** One place of a resource in the parts of the document that tell about it. */
interface Beside {
  readonly values: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** The constant of the configuration. */
  readonly stated: unknown;
}

function below({ values, unknown, sensitive, stated }: Beside, key: string | number): Beside {
  return {
    values: at(values, key),
    unknown: at(unknown, key),
    sensitive: at(sensitive, key),
    stated: at(stated, key),
  };
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Json)[key] : undefined;
}

/** What the configuration says and the provider does not know: Terraform has dropped it without a word. */
function addDropped(table: ObjectType, { values, unknown }: Beside, stated: Json, object: Json): void {
  for (const name in stated) {
    if (name in (values as Json) || at(unknown, name) !== undefined || table.byName(name)) continue;
    object[name] = stated[name];
  }
}
