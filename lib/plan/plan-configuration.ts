import type { RawProvider } from "./host";
import { domainsIn, type Removal, undefinesByVirsh } from "./life-cycle";
import type { ReferenceTarget } from "./resource";
import type { ShownResource } from "./terraform-plan";

/** An expression of the configuration: its value, or what it refers to. */
interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

type Expressions = Readonly<Record<string, Expression>>;

interface ProviderConfig {
  readonly name?: string;
  readonly full_name?: string;
  readonly alias?: string;
  readonly module_address?: string;
  readonly expressions?: Expressions;
}

interface ResourceConfig {
  readonly address: string;
  readonly provider_config_key?: string;
  readonly depends_on?: readonly string[];
  readonly expressions?: Expressions;
  readonly provisioners?: readonly { readonly expressions?: Expressions }[];
}

interface ModuleConfig {
  readonly resources?: readonly ResourceConfig[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly variables?: Readonly<Record<string, { readonly default?: unknown }>>;
}

interface ModuleCall {
  readonly expressions?: Expressions;
  readonly module?: ModuleConfig;
}

type Variables = Readonly<Record<string, { readonly value?: unknown }>>;

/** The part of a plan that tells what the user wrote: providers, and where values come from. */
export class PlanConfiguration {
  private readonly configs: Readonly<Record<string, ProviderConfig>>;
  private readonly root: ModuleConfig;
  private readonly byAddress = new Map<ModuleConfig, ReadonlyMap<string, ResourceConfig>>();

  constructor(
    configuration: Readonly<Record<string, unknown>>,
    private readonly variables: Variables,
    private readonly unit: string,
  ) {
    this.configs = (configuration.provider_config ?? {}) as Readonly<Record<string, ProviderConfig>>;
    this.root = (configuration.root_module ?? {}) as ModuleConfig;
  }

  /**
   * The configurations of the provider. A plan lists an unnamed one as well when nobody wrote it, and does not tell
   * the two apart.
   */
  providers(): RawProvider[] {
    return Object.entries(this.configs)
      .filter(([key, config]) => isLibvirt(config) && this.ownKey(key) === key)
      .map(([key, config]) => {
        const alias = this.aliasOf(key);
        const uri = this.uriOf(config);
        return {
          label: config.alias ?? "libvirt",
          unit: this.unit,
          ...(alias !== undefined && { alias }),
          ...(uri !== undefined && { uri }),
        };
      });
  }

  /** What the configuration says of a resource; undefined in a state, which has no configuration. */
  resource(shown: ShownResource): ConfiguredResource | undefined {
    const steps = moduleSteps(shown.address);
    let module: ModuleConfig | undefined = this.root;
    for (const { name } of steps) module = module?.module_calls?.[name]?.module;
    const config = module && this.resourcesOf(module).get(`${shown.type}.${shown.name}`);
    if (config === undefined) return undefined;
    const prefix = steps.map(({ text }) => `${text}.`).join("");
    return new ConfiguredResource(config, this.providerOf(config), shown, prefix, this.unit);
  }

  /** What provisioners of other resources remove. */
  removals(): Removal[] {
    return [...removalsIn(this.root, "")].map((address) => ({ unit: this.unit, address }));
  }

  private resourcesOf(module: ModuleConfig): ReadonlyMap<string, ResourceConfig> {
    let found = this.byAddress.get(module);
    if (found === undefined) {
      found = new Map((module.resources ?? []).map((each) => [each.address, each]));
      this.byAddress.set(module, found);
    }
    return found;
  }

  private providerOf({ provider_config_key: key }: ResourceConfig): string | undefined {
    if (key === undefined) return undefined;
    const alias = this.aliasOf(this.ownKey(key));
    return alias === undefined ? undefined : `libvirt.${alias}`;
  }

  /** A module that configures no provider has its caller's, up to the root. */
  private ownKey(key: string): string {
    const config = this.configs[key];
    const isOwn = config && (config.alias !== undefined || config.expressions || !config.module_address);
    if (isOwn || !key.includes(":")) return key;
    const local = key.slice(key.lastIndexOf(":") + 1);
    const inherited = Object.entries(this.configs).find(
      ([, each]) => isLibvirt(each) && !each.module_address && each.alias === undefined,
    );
    return inherited?.[0] ?? local;
  }

  /** The alias of a configuration; one of a module has its module before it, as there may be others of that name. */
  private aliasOf(key: string): string | undefined {
    const colon = key.lastIndexOf(":");
    const alias = this.configs[key]?.alias ?? /\.(.+)$/.exec(key.slice(colon + 1))?.[1];
    return colon < 0 ? alias : `${key.slice(0, colon)}:${alias ?? "libvirt"}`;
  }

  private uriOf({ expressions, module_address: module }: ProviderConfig): string | undefined {
    const uri = this.valueOf(
      expressions?.uri,
      moduleSteps(`${module ?? ""}.`).map(({ name }) => name),
    );
    if (typeof uri !== "string") return undefined;
    // A text with a variable in it refers to the same as the variable alone, which is taken for the URI if it is one.
    return expressions?.uri?.constant_value === uri || /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? uri : undefined;
  }

  /** The value of an expression that is a constant, or a variable whose value the plan tells. */
  private valueOf(expression: Expression | undefined, path: readonly string[]): unknown {
    if (expression === undefined) return undefined;
    if ("constant_value" in expression) return expression.constant_value;
    const { references = [] } = expression;
    const variable = references.length === 1 ? /^var\.([\w-]+)$/.exec(references[0]!)?.[1] : undefined;
    return variable === undefined ? undefined : this.variableOf(variable, path);
  }

  private variableOf(name: string, path: readonly string[]): unknown {
    const caller = path.slice(0, -1);
    const step = path.at(-1);
    if (step === undefined) return this.variables[name]?.value ?? this.root.variables?.[name]?.default;
    let module: ModuleConfig | undefined = this.root;
    for (const each of caller) module = module?.module_calls?.[each]?.module;
    const call: ModuleCall | undefined = module?.module_calls?.[step];
    const given = call?.expressions?.[name];
    return given === undefined ? call?.module?.variables?.[name]?.default : this.valueOf(given, caller);
  }
}

/** What the configuration says of one resource. */
export class ConfiguredResource {
  constructor(
    private readonly config: ResourceConfig,
    /** As a resource names it: `libvirt.kvm1`; undefined for the default. */
    readonly provider: string | undefined,
    private readonly shown: ShownResource,
    /** The module's address with a dot behind, empty for the root. */
    private readonly prefix: string,
    private readonly unit: string,
  ) {}

  /** Whether it says anything of an attribute. */
  states(attribute: string): boolean {
    return this.config.expressions?.[attribute] !== undefined;
  }

  /** Addresses of what Terraform makes before it: what it names, and domains that it refers to. */
  get dependsOn(): readonly string[] {
    const { depends_on: named = [], expressions = {} } = this.config;
    const referred = Object.values(expressions).flatMap(({ references = [] }) => references);
    return [...named, ...referred.flatMap(domainsIn)];
  }

  /** The attributes that it sets to a constant. */
  get constants(): Readonly<Record<string, unknown>> {
    const { expressions = {} } = this.config;
    const constants: Record<string, unknown> = {};
    for (const name in expressions) {
      if ("constant_value" in expressions[name]!) constants[name] = expressions[name].constant_value;
    }
    return constants;
  }

  /**
   * What the late values of an attribute refer to, in the order of the expression: computed attributes of resources
   * of this module. Empty when the expression also takes values that come from elsewhere.
   */
  references(attribute: string, exists: (address: string) => boolean): ReferenceTarget[] {
    const { references = [] } = this.config.expressions?.[attribute] ?? {};
    const targets: ReferenceTarget[] = [];
    for (const [index, text] of references.entries()) {
      if (KNOWN_AT_PLAN.test(text) || (this.prefix === "" && text.startsWith("var."))) continue;
      const [, address, computed] = REFERENCE.exec(text) ?? [];
      if (address === undefined) return [];
      const next = references[index + 1] ?? "";
      // After `libvirt_volume.root.path` the resource itself is listed once more.
      if (computed === undefined && references.some((each) => each.startsWith(`${address}.`))) continue;
      if (computed === undefined && !/^(count\.index|each\.key)$/.test(next)) return [];
      if (computed !== undefined && !COMPUTED.has(computed)) continue;
      const target = this.prefix + (computed === undefined ? address + this.instance : address);
      if (!exists(target)) return [];
      targets.push({ resource: { unit: this.unit, address: target }, attribute: computed ?? "path" });
    }
    return targets;
  }

  /** The key of this instance, which `[count.index]` and `[each.key]` put behind another resource. */
  private get instance(): string {
    const { index } = this.shown;
    return index === undefined ? "" : `[${JSON.stringify(index)}]`;
  }
}

/** `libvirt_volume.root.path`, `libvirt_volume.root[0].path`, `libvirt_volume.root`. */
const REFERENCE = /^(libvirt_\w+\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?)(?:\.(\w+))?$/;
/** What is never known only at apply; nor are variables of the root module. */
const KNOWN_AT_PLAN = /^(?:count\.index|each\.key|path\.\w+|terraform\.\w+)$/;
/** Attributes that the provider tells after the fact. */
const COMPUTED = new Set(["path", "id", "key", "uuid"]);

/** A command with expressions in it is not shown; one that refers to its own resource can run at the end. */
function removes({ expressions: { command } = {} }: { readonly expressions?: Expressions }): boolean {
  const { constant_value: text, references = [] } = command ?? {};
  return typeof text === "string" ? undefinesByVirsh(text) : references.includes("self");
}

function* removalsIn(
  { resources = [], module_calls: calls = {} }: ModuleConfig,
  prefix: string,
): Iterable<string> {
  for (const { expressions, provisioners = [] } of resources) {
    if (!provisioners.some(removes)) continue;
    for (const address of domainsIn(JSON.stringify(expressions ?? {}))) yield prefix + address;
  }
  for (const [name, { module }] of Object.entries(calls)) {
    if (module) yield* removalsIn(module, `${prefix}module.${name}.`);
  }
}

function isLibvirt({ full_name: source, name }: ProviderConfig): boolean {
  return source === undefined ? name === "libvirt" : /(^|\/)dmacvicar\/libvirt$/i.test(source);
}

const MODULE_STEP = /module\.([\w-]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?=\.)/y;

/** The modules in an address: `module.rack["a"].module.guest[0].libvirt_domain.d`. */
function moduleSteps(address: string): { readonly name: string; readonly text: string }[] {
  const steps: { name: string; text: string }[] = [];
  MODULE_STEP.lastIndex = 0;
  for (let match = MODULE_STEP.exec(address); match; match = MODULE_STEP.exec(address)) {
    steps.push({ name: match[1]!, text: match[0] });
    MODULE_STEP.lastIndex++;
  }
  return steps;
}
