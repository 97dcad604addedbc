import type { Construct } from "constructs";
import {
  assertSingleEngine,
  ImportableResource,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
} from "../engine";
import { Gate } from "../gate/gate";
import { ATTRIBUTES } from "../plan/construct-reader";
import { recordSource } from "../plan/source";
import { withExpressions } from "../reference";
import { isLiteral, Literal } from "./literal";
import { type Config, Settings } from "./settings";
import { dataSourceType, PROVIDER_SOURCE, PROVIDER_VERSION, providerType, resourceType } from "./table";

/** A symbol, because any name could be an attribute of some resource. */
const settings = Symbol("settings");

/** An element of this package's bindings. */
export interface LibvirtElement {
  readonly [settings]: Settings;
}

export function settingsOf(element: LibvirtElement): Settings {
  return element[settings];
}

/** The configuration that an element was given, with camel-case keys, and with later changes. */
export function configOf(element: LibvirtElement): Config {
  return element[settings].config;
}

const terraformGeneratorMetadata = {
  providerName: "libvirt",
  providerVersionConstraint: `~> ${PROVIDER_VERSION}`,
} as const;

/** Separates the engine's own arguments from the attributes. */
function split(config: TerraformMetaArguments): { meta: TerraformMetaArguments; attributes: Config } {
  const { provider, dependsOn, count, lifecycle, forEach, provisioners, connection, ...attributes } = config;
  return { meta: { provider, dependsOn, count, lifecycle, forEach, provisioners, connection }, attributes };
}

/** The engine merges overrides into what it gets, lists in place: what it may change must not be shared. */
function attributes(settings: Settings, overrides: object): Readonly<Record<string, unknown>> {
  return Object.keys(overrides).length > 0 ? settings.toTerraform() : settings.terraform;
}

/** Used on the classes, whose type it reads: `Domain.generateConfigForImport(…)`. */
function generateConfigForImport(
  this: { readonly tfResourceType: string },
  scope: Construct,
  importToId: string,
  importFromId: string,
  provider?: TerraformProvider,
): ImportableResource {
  return new ImportableResource(scope, importToId, {
    terraformResourceType: this.tfResourceType,
    importId: importFromId,
    provider,
  });
}

export abstract class LibvirtResource extends TerraformResource implements LibvirtElement {
  /** Writes the configuration of an existing object at the next `cdktf plan`. */
  static readonly generateConfigForImport = generateConfigForImport;

  readonly [settings]: Settings;

  constructor(scope: Construct, id: string, terraformResourceType: string, config: TerraformMetaArguments) {
    assertSingleEngine(scope);
    const { meta, attributes } = split(config);
    super(scope, id, { ...meta, terraformResourceType, terraformGeneratorMetadata });
    this[settings] = new Settings(resourceType(terraformResourceType)!, attributes, (text) =>
      withExpressions(text, this.cdktfStack),
    );
    recordSource(this);
    Gate.guard(this.cdktfStack);
  }

  /** What the gate reads, instead of rendering the element once more; not of a class that renders in its own way. */
  [ATTRIBUTES](): Readonly<Record<string, unknown>> | undefined {
    return this.rendersAsWritten() ? this[settings].terraform : undefined;
  }

  private rendersAsWritten(): boolean {
    const { toTerraform, synthesizeAttributes } = LibvirtResource.prototype;
    return this.toTerraform === toTerraform && this.synthesizeAttributes === synthesizeAttributes;
  }

  override toTerraform(): ReturnType<TerraformResource["toTerraform"]> {
    const rendered: Rendered = super.toTerraform();
    const byName = rendered.resource?.[this.terraformResourceType];
    const name = this.friendlyUniqueId;
    const attributes = byName?.[name];
    // Whoever extends the class must find attributes to change, and overrides are merged into them.
    if (attributes && this.rendersAsWritten() && !this.isOverridden() && this.isLiteral(attributes)) {
      byName[name] = new Literal(attributes);
    }
    return rendered;
  }

  private isOverridden(): boolean {
    const { rawOverrides } = this.cdktfStack as unknown as { readonly rawOverrides: object };
    return Object.keys(this.rawOverrides).length > 0 || Object.keys(rawOverrides).length > 0;
  }

  /** Attributes of a literal configuration need no look, the engine's own arguments do. */
  private isLiteral(rendered: object): boolean {
    const literal = this[settings].isLiteral ? this[settings].terraform : {};
    return Object.entries(rendered).every(
      ([name, value]) => name in literal || value === undefined || isLiteral(value),
    );
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributes(this[settings], this.rawOverrides);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this[settings].toHclTerraform();
  }

  override toHclTerraform(): object {
    const rendered: HclResource = super.toHclTerraform();
    const attributes = rendered.resource?.[this.terraformResourceType]?.[this.friendlyUniqueId];
    if (attributes) unquoteReferences(attributes);
    return rendered;
  }
}

interface Rendered {
  readonly resource?: Record<string, Record<string, object>>;
}

type HclAttributes = Record<string, unknown> & { lifecycle?: Record<string, unknown> };

interface HclResource {
  readonly resource?: Record<string, Record<string, HclAttributes>>;
}

/** References are no texts in HCL. The engine would quote these, but not a list that is written already. */
function unquoteReferences(attributes: HclAttributes): void {
  const { provider, depends_on: dependsOn, lifecycle } = attributes;
  const list = (value: unknown) => (Array.isArray(value) ? `[${value.join(", ")}]` : value);
  if (typeof provider === "string") attributes.provider = { value: provider, type: "reference" };
  if (dependsOn !== undefined) attributes.depends_on = list(dependsOn);
  if (lifecycle === undefined) return;
  const references = ["replace_triggered_by", "ignore_changes"].filter((name) => name in lifecycle);
  const unquoted = references.map((name) => [name, list(lifecycle[name])]);
  attributes.lifecycle = { ...lifecycle, ...Object.fromEntries(unquoted) };
}

export abstract class LibvirtDataSource extends TerraformDataSource implements LibvirtElement {
  static readonly generateConfigForImport = generateConfigForImport;

  readonly [settings]: Settings;

  constructor(scope: Construct, id: string, terraformResourceType: string, config: TerraformMetaArguments) {
    assertSingleEngine(scope);
    const { meta, attributes } = split(config);
    super(scope, id, { ...meta, terraformResourceType, terraformGeneratorMetadata });
    this[settings] = new Settings(dataSourceType(terraformResourceType)!, attributes);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributes(this[settings], this.rawOverrides);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this[settings].toHclTerraform();
  }
}

export abstract class LibvirtProviderBase extends TerraformProvider implements LibvirtElement {
  static readonly generateConfigForImport = generateConfigForImport;

  readonly [settings]: Settings;

  constructor(scope: Construct, id: string, terraformResourceType: string, config: object) {
    assertSingleEngine(scope);
    super(scope, id, {
      terraformResourceType,
      terraformGeneratorMetadata,
      terraformProviderSource: PROVIDER_SOURCE,
    });
    this[settings] = new Settings(providerType(), { ...config });
    recordSource(this);
    Gate.guard(this.cdktfStack);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributes(this[settings], this.rawOverrides);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this[settings].toHclTerraform();
  }
}
