import type { Construct } from "constructs";
import { TerraformResource } from "../engine";
import type { Domain } from "../provider/domain";
import { attributeOf } from "../reference";

/**
 * Values come by the environment, so that no shell reads what is in them. The UUID, because virsh takes a name of
 * digits for the id of another domain. A domain that is gone already is no error; a daemon that does not answer is
 * one, or the provider would be left with a domain that it cannot remove. A state that somebody saved goes with it:
 * libvirt would keep the domain for that. On one line, because the engine writes line
 * breaks into HCL as they are.
 */
const COMMAND = [
  'virsh -c "$URI" uri > /dev/null || exit 1',
  'virsh -c "$URI" domstate --domain "$UUID" > /dev/null 2>&1 || exit 0',
  'virsh -c "$URI" destroy --domain "$UUID" || true',
  'virsh -c "$URI" undefine --domain "$UUID" --managed-save',
].join("; ");

/**
 * Removes the domain with virsh before the provider is asked to. The provider undefines every domain with flags that
 * the Xen driver does not know, and fails; a domain that is gone, it takes for removed. Terraform destroys this
 * resource before the domain that it refers to.
 *
 * Measured: provider 0.9.7, Terraform 1.11.4, Xen 4.17 with libvirt 9.0.0: `unsupported flags (0x24) in function
 * libxlDomainUndefineFlags` without it; create, change, an empty plan and destroy with it.
 */
export class DomainTeardown extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly domain: Domain,
    private readonly uri: string,
    /** What the domain is replaced for, if anything. */
    private readonly revision?: TerraformResource,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      provisioners: [
        {
          type: "local-exec",
          when: "destroy",
          command: COMMAND,
          environment: { URI: "${self.output.uri}", UUID: "${self.output.uuid}" },
        },
      ],
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input(), triggers_replace: this.triggers() };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const argument = (value: unknown, type: string, storageClassType: string) => ({
      value,
      isBlock: false,
      type,
      storageClassType,
    });
    return {
      input: argument(this.input(), "map", "stringMap"),
      triggers_replace: argument(this.triggers(), "list", "stringList"),
    };
  }

  private input(): object {
    return {
      uri: this.uri,
      name: attributeOf(this.domain, "name"),
      uuid: attributeOf(this.domain, "uuid"),
    };
  }

  /** Another domain, or another way to it, must not make the old one forgotten. */
  private triggers(): string[] {
    const revision = this.revision ? [attributeOf(this.revision, "id")] : [];
    return [...revision, this.uri, attributeOf(this.domain, "uuid")];
  }
}
