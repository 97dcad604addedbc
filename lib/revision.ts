import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { type IResolvable, type IResolveContext, TerraformResource } from "./engine";
import { isLate } from "./plan/late";

/** Attributes of a resource that are Terraform's and not the provider's. */
const META_ARGUMENTS = new Set(["//", "lifecycle", "provider", "depends_on", "provisioner", "connection"]);

/** What a resource is made anew for. */
export interface RevisionOptions {
  /** Whose configuration counts. @default - the resource's own */
  readonly of?: TerraformResource;
  /** Which attributes of it count, by their names in Terraform. @default - all */
  readonly attribute?: (name: string) => boolean;
}

/**
 * Makes Terraform replace a resource whenever its configuration changes, and whenever something that it refers to
 * is replaced. The provider has no way to change a running domain, a network or a volume that ends well.
 */
export function replaceOnChange(
  scope: Construct,
  id: string,
  resource: TerraformResource,
  options: RevisionOptions = {},
): void {
  const { of = resource, attribute = () => true } = options;
  const revision = new Revision(scope, id, new Triggers(of, attribute));
  // A bare address: Terraform takes no interpolation here, which is what the engine makes of the resource itself.
  const address = `${revision.terraformResourceType}.${revision.friendlyUniqueId}`;
  resource.lifecycle = { ...resource.lifecycle, replaceTriggeredBy: [address] };
}

/** Stands in Terraform's state for the configuration of a resource. */
class Revision extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly triggers: Triggers,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.triggers };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return {
      triggers_replace: {
        value: this.triggers,
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
    };
  }
}

class Triggers implements IResolvable {
  readonly creationStack = [];
  private last?: { readonly text: string; readonly triggers: string[] };

  constructor(
    private readonly resource: TerraformResource,
    private readonly counts: (attribute: string) => boolean,
  ) {}

  resolve(context: IResolveContext): string[] {
    const rendered = this.resource.toTerraform() as { resource?: Record<string, Record<string, object>> };
    const [attributes = {}] = Object.values(rendered.resource?.[this.resource.terraformResourceType] ?? {});
    const configuration = Object.fromEntries(
      Object.entries(attributes).filter(([name]) => !META_ARGUMENTS.has(name) && this.counts(name)),
    );
    // The engine asks several times in one synth; resolving is what takes time.
    const text = JSON.stringify(configuration);
    if (this.last?.text !== text || isComputed(text)) {
      this.last = { text, triggers: triggersOf(JSON.stringify(context.resolve(configuration))) };
    }
    return this.last.triggers;
  }
}

/** Whether a text holds tokens other than strings, whose value could change between two renderings. */
function isComputed(text: string): boolean {
  return /"resolve"|e\+2\d\d|e\+30\d/.test(text);
}

const STRING = /"(?:[^"\\]|\\.)*"/g;
const EXPRESSION = /(?<!\$)\$\{[^}]*\}/g;
const RESOURCE = /(?<!data\.)\b(libvirt_[a-z_]+\.[\w-]+(?:\[[^\]]*\])?)\.[a-z_]+/g;
const IDENTITY = /^\$\{libvirt_[a-z_]+\.[\w-]+\.(?:name|path|id)\}$/;

/**
 * A hash of the configuration, and what only Terraform knows of it: values, and the ids of the resources that it
 * refers to. An id is new when its resource was replaced, even where its name stays.
 */
function triggersOf(configuration: string): string[] {
  const triggers = new Set<string>();
  for (const [literal] of configuration.matchAll(STRING)) {
    if (!literal.includes("${")) continue;
    const text = JSON.parse(literal) as string;
    if (!isLate(text)) continue;
    for (const [expression] of text.matchAll(EXPRESSION)) {
      for (const [, address] of expression.matchAll(RESOURCE)) triggers.add(`\${${address}.id}`);
    }
    if (!IDENTITY.test(text)) triggers.add(text);
  }
  return [createHash("sha256").update(configuration).digest("hex"), ...triggers];
}
