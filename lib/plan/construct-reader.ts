import type { IConstruct } from "constructs";
import type { RawPlan } from "./build";
import { withInstances } from "./for-each";
import type { RawProvider } from "./host";
import { type GuestIntent, type HostIntent, intentOf, type PropIssue, propIssuesOf } from "./intent";
import { isLate } from "./late";
import { domainsIn, lifeCycleOf, type Removal, undefinesByVirsh } from "./life-cycle";
import { StackOverrides } from "./overrides";
import type { RawResource } from "./resource";
import { sourceOf } from "./source";
import { type TokenEngine, TokenResolver } from "./tokens";

type Json = Record<string, unknown>;
interface Element extends IConstruct {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
  readonly provider?: { readonly fqn: string };
  readonly count?: unknown;
  readonly forEach?: unknown;
  readonly rawOverrides?: Json;
  readonly dependsOn?: readonly string[];
  readonly lifecycle?: { readonly replaceTriggeredBy?: unknown; readonly ignoreChanges?: unknown };
  readonly provisioners?: readonly unknown[];
  readonly [ATTRIBUTES]?: () => Json | undefined;
  hasResourceMove?(): unknown;
  toTerraform(): { resource?: Record<string, Record<string, Json>>; provider?: Record<string, Json[]> };
}

/**
 * Under this symbol an element of this package's own bindings gives its attributes as Terraform gets them: the same
 * object as long as they are the same, which saves rendering each element once more.
 */
export const ATTRIBUTES = Symbol.for("virt-constructs/attributes");

/** What was read of an element, to be read again only when it has changed. */
export type ReadBefore = WeakMap<object, { readonly attributes: Json; readonly raw: RawResource }>;

/** The engine marks its classes with these, in both of its distributions. */
const STACK = Symbol.for("cdktf/TerraformStack");
const RESOURCE = Symbol.for("cdktf/TerraformResource");
const PROVIDER = Symbol.for("cdktf/TerraformProvider");

export function isStack(construct: IConstruct): boolean {
  return STACK in construct;
}

/** All stacks below a construct, in tree order. */
export function stacksBelow(root: IConstruct): IConstruct[] {
  return root.node.findAll().filter(isStack);
}

/** What was read of one stack. */
export interface StackPlan extends RawPlan {
  /** The resources that were read anew and will be each time, because they may change without a trace. */
  readonly fresh: readonly RawResource[];
}

/** How a stack is read. */
export interface ReadOptions {
  /** What was read of its elements before. @default - nothing */
  readonly before?: ReadBefore;
  /** What the stack is rendered into: not all overrides reach HCL. @default "json" */
  readonly output?: "json" | "hcl";
}

/** Reads every libvirt resource and provider of one stack: ours, generated bindings, and what overrides add. */
export function readStack(stack: IConstruct, engine: TokenEngine, options: ReadOptions = {}): StackPlan {
  return new StackReader(stack, engine, options).read();
}

class StackReader {
  private readonly unit: string;
  private readonly output: "json" | "hcl";
  private readonly overrides: StackOverrides;
  /** Overrides of the stack that the engine does not write. */
  private readonly lost: StackOverrides;
  private readonly tokens: TokenResolver;
  private readonly before: ReadBefore;
  private readonly resources: RawResource[] = [];
  private readonly fresh: RawResource[] = [];
  private readonly providers: { readonly element: Element; readonly attributes: unknown }[] = [];

  constructor(
    private readonly stack: IConstruct,
    engine: TokenEngine,
    { before = new WeakMap(), output = "json" }: ReadOptions,
  ) {
    this.unit = stack.node.path || stack.node.id;
    const { rawOverrides } = stack as { rawOverrides?: Json };
    this.overrides = new StackOverrides(output === "json" ? rawOverrides : {});
    this.lost = new StackOverrides(output === "hcl" ? rawOverrides : {});
    this.output = output;
    this.tokens = new TokenResolver(stack, engine);
    this.before = before;
  }

  read(): StackPlan {
    for (const element of elementsOf(this.stack)) {
      if (PROVIDER in element) this.readProvider(element);
      else if (!this.readQuickly(element)) this.readRendered(element);
    }
    this.readAdded();
    return {
      providers: this.overriddenProviders(),
      resources: this.resources,
      removals: this.removals(),
      fresh: this.fresh,
    };
  }

  /** Looked for only where it matters: what this package makes says of itself whether virsh removes it. */
  private removals(): Removal[] {
    const { unit } = this;
    const inQuestion = ({ attributes, intent }: RawResource) =>
      attributes.type === "xen" && intent?.removedByVirsh === undefined;
    if (!this.resources.some(inQuestion)) return [];
    return resourcesWithProvisioners(this.stack).flatMap((element) => {
      const text = JSON.stringify(this.tokens.resolve(element.toTerraform()));
      return undefinesByVirsh(text) ? domainsIn(text).map((address) => ({ unit, address })) : [];
    });
  }

  /**
   * Reads an element of this package without rendering it, when nothing but its own attributes matters.
   *
   * @returns whether it could be read so
   */
  private readQuickly(element: Element): boolean {
    const { terraformResourceType: type, friendlyUniqueId: name, rawOverrides = {} } = element;
    const attributes = element[ATTRIBUTES]?.();
    if (attributes === undefined || element.count !== undefined || element.forEach !== undefined)
      return false;
    if (hasKeys(rawOverrides) || this.overrides.touch(type, name) || element.hasResourceMove?.())
      return false;

    const provider = element.provider?.fqn;
    const { replaceTriggeredBy, ignoreChanges } = element.lifecycle ?? {};
    const before = element.dependsOn && this.tokens.resolve(element.dependsOn);
    const lifeCycle = WITH_LIFE.has(type)
      ? lifeCycleOf(replaceTriggeredBy, ignoreChanges, before)
      : undefined;
    const known = this.before.get(element);
    if (
      known?.attributes === attributes &&
      known.raw.name === name &&
      known.raw.provider === provider &&
      known.raw.lifeCycle === lifeCycle &&
      known.raw.propIssues?.length === propIssuesOf(element).length
    ) {
      this.resources.push(known.raw);
      return true;
    }
    this.tokens.computed = false;
    const resolved = this.tokens.resolve(attributes) as Json;
    const raw = this.rawResource(
      element,
      name,
      provider === undefined ? resolved : { ...resolved, provider },
      lifeCycle,
    );
    this.resources.push(raw);
    // What the engine computes could be something else the next time; a reference to a resource could not.
    if (this.tokens.computed) this.fresh.push(raw);
    else this.before.set(element, { attributes, raw });
    return true;
  }

  private readRendered(element: Element): void {
    const type = element.terraformResourceType;
    // A resource that moved to another address renders nothing.
    for (const [name, rendered] of Object.entries(element.toTerraform().resource?.[type] ?? {})) {
      const attributes = this.overrides.ofResource(type, name, this.tokens.resolve(rendered));
      if (!attributes) continue;
      const resolved = this.tokens.resolve(attributes) as Json;
      const { replace_triggered_by: triggers, ignore_changes: ignored } = (resolved.lifecycle ?? {}) as Json;
      this.add(
        this.rawResource(
          element,
          name,
          resolved,
          WITH_LIFE.has(type) ? lifeCycleOf(triggers, ignored, resolved.depends_on) : undefined,
        ),
      );
    }
  }

  /** What overrides of the stack name and no element renders. */
  private readAdded(): void {
    const rendered = new Set(this.resources.map(({ address }) => address));
    for (const { type, name, attributes: added } of this.overrides.resources()) {
      const address = `${type}.${name}`;
      if (rendered.has(address)) continue;
      const attributes = withInstances(this.tokens.resolve(added) as Json);
      const provider = providerOf(attributes);
      this.add({ label: name, unit: this.unit, type, name, address, attributes, provider });
    }
  }

  private add(raw: RawResource): void {
    this.resources.push(raw);
    this.fresh.push(raw);
  }

  private rawResource(
    element: Element,
    name: string,
    attributes: Json,
    lifeCycle: RawResource["lifeCycle"],
  ): RawResource {
    const type = element.terraformResourceType;
    return {
      ...placeOf(element),
      ...{ type, name, unit: this.unit },
      address: `${type}.${name}`,
      attributes: withInstances(attributes),
      provider: providerOf(attributes),
      intent: intentOf<GuestIntent>(element),
      lifeCycle,
      propIssues: [...propIssuesOf(element), ...this.lostOverrides(element, name)],
      get source() {
        return sourceOf(element);
      },
    };
  }

  /** What the engine loses of overrides in HCL: what goes below an attribute, and what the stack overrides. */
  private lostOverrides(element: Element, name: string): PropIssue[] {
    if (this.output === "json") return [];
    const own = element[ATTRIBUTES]?.() ?? {};
    const below = Object.entries(element.rawOverrides ?? {}).filter(
      ([attribute, value]) => own[attribute] !== undefined && typeof value === "object" && value !== null,
    );
    const issues = below.map(([attribute]) => lostOverride(attribute));
    return this.lost.touch(element.terraformResourceType, name) ? [...issues, lostOverride("stack")] : issues;
  }

  private readProvider(element: Element): void {
    for (const attributes of element.toTerraform().provider?.[element.terraformResourceType] ?? []) {
      this.providers.push({ element, attributes: this.tokens.resolve(attributes) });
    }
  }

  /** What the override of a list adds comes after what it found. */
  private overriddenProviders(): RawProvider[] {
    const rendered = this.providers.map(({ attributes }) => attributes);
    return this.overrides
      .ofProviders("libvirt", rendered)
      .map((attributes, index) =>
        this.rawProvider(this.providers[index]?.element, this.tokens.resolve(attributes) as Json),
      );
  }

  private rawProvider(element: Element | undefined, { alias, uri }: Json): RawProvider {
    const configuration = {
      unit: this.unit,
      alias: typeof alias === "string" ? alias : undefined,
      uri: typeof uri === "string" && !isLate(uri) ? uri : undefined,
    };
    if (element === undefined) return { label: configuration.alias ?? "libvirt", ...configuration };
    return {
      ...placeOf(element),
      ...configuration,
      intent: intentOf<HostIntent>(element),
      propIssues: propIssuesOf(element),
      get source() {
        return sourceOf(element);
      },
    };
  }
}

/** What rules ask how it changes. */
const WITH_LIFE = new Set(["libvirt_domain", "libvirt_volume"]);

function resourcesWithProvisioners(construct: IConstruct): Element[] {
  const element = construct as Element;
  const own = RESOURCE in construct && element.provisioners?.length ? [element] : [];
  const children = construct.node.children.filter((child) => !isStack(child));
  return [...own, ...children.flatMap(resourcesWithProvisioners)];
}

function elementsOf(construct: IConstruct, into: Element[] = []): Element[] {
  const element = construct as Element;
  if (RESOURCE in construct || PROVIDER in construct) {
    const type = element.terraformResourceType;
    if (type === "libvirt" || type.startsWith("libvirt_")) into.push(element);
  }
  for (const child of construct.node.children) if (!isStack(child)) elementsOf(child, into);
  return into;
}

function lostOverride(of: string): PropIssue {
  return {
    prop: `addOverride(${of})`,
    message: `would be lost: the engine writes no override ${of === "stack" ? "of a stack" : "below an attribute"} into HCL`,
    fix: "set the value where the resource is made, or synthesize JSON",
  };
}

function hasKeys(object: object): boolean {
  for (const _ in object) return true;
  return false;
}

function providerOf({ provider }: Json): string | undefined {
  return typeof provider === "string" ? provider : undefined;
}

/** The construct that the user made: one level up where the library made a child of fixed id for it. */
function placeOf(element: IConstruct): { label: string; constructPath: string } {
  const construct = element.node.id === "Resource" ? (element.node.scope ?? element) : element;
  return { label: construct.node.id, constructPath: construct.node.path };
}
