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

  constructor(private readonly domain: Domain) {}

  resolve(context: IResolveContext): string[] {
    const rendered = this.domain.toTerraform() as { resource?: Record<string, Record<string, object>> };
    const [attributes = {}] = Object.values(rendered.resource?.libvirt_domain ?? {});
    const configuration = Object.fromEntries(
      Object.entries(attributes).filter(([name]) => !NOT_CONFIGURATION.has(name)),
    );
    const text = JSON.stringify(context.resolve(configuration));
    const expressions = new Set(text.match(/\$\{(?:[^{}"]|\\")*\}/g) ?? []);
    return [createHash("sha256").update(text).digest("hex"), ...[...expressions].map(unquote)];
  }
}

function unquote(expression: string): string {
  return JSON.parse(`"${expression}"`) as string;
}
