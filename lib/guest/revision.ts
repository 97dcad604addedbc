import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { type IResolvable, type IResolveContext, TerraformResource } from "../engine";
import type { Domain } from "../provider/domain";

/** Attributes of the resource that do not belong to the guest. */
const NOT_CONFIGURATION = new Set(["//", "lifecycle", "provider", "depends_on", "provisioner", "connection"]);

/**
 * Stands for the configuration of a domain: whenever that changes, Terraform replaces this, and with it the domain
 * whose lifecycle names it. The provider ends every in-place change of a running domain in an error.
 */
export class Revision extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly domain: Domain,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: new ConfigurationHash(this.domain) };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return {
      triggers_replace: {
        value: new ConfigurationHash(this.domain),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
    };
  }
}

/** A hash of the rendered domain, and the values that only apply knows, which may change by themselves. */
class ConfigurationHash implements IResolvable {
  readonly creationStack = [];
  private last?: { readonly text: string; readonly triggers: string[] };

  constructor(private readonly domain: Domain) {}

  resolve(context: IResolveContext): string[] {
    const rendered = this.domain.toTerraform() as { resource?: Record<string, Record<string, object>> };
    const [attributes = {}] = Object.values(rendered.resource?.libvirt_domain ?? {});
    const configuration = Object.fromEntries(
      Object.entries(attributes).filter(([name]) => !NOT_CONFIGURATION.has(name)),
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

function triggersOf(resolved: string): string[] {
  const expressions = new Set(resolved.match(/\$\{(?:[^{}"]|\\")*\}/g) ?? []);
  const values = [...expressions].map((expression) => JSON.parse(`"${expression}"`) as string);
  return [createHash("sha256").update(resolved).digest("hex"), ...values];
}
