import type { IConstruct } from "constructs";
import {
  type IResolvable,
  type IResolveContext,
  ref,
  type TerraformResource,
  TerraformStack,
  Token,
} from "./engine";

const tokens = new WeakMap<TerraformResource, Map<string, string>>();

/**
 * The text of a reference to an attribute: `${libvirt_volume.root.path}`. The same as the binding's getter, but made
 * once for each attribute and without the stack trace that the engine takes for each token.
 */
export function attributeOf(resource: TerraformResource, attribute: string): string {
  let own = tokens.get(resource);
  if (own === undefined) {
    own = new Map();
    tokens.set(resource, own);
  }
  let token = own.get(attribute);
  if (token === undefined) {
    token = Token.asString(new AttributeReference(resource, attribute));
    own.set(attribute, token);
  }
  return token;
}

class AttributeReference implements IResolvable {
  readonly creationStack = [];
  /** Named like the engine's own reference, by which a reader of the tree recognises both. */
  readonly originStack: IConstruct;

  constructor(
    private readonly resource: TerraformResource,
    private readonly attribute: string,
  ) {
    this.originStack = TerraformStack.of(resource);
  }

  get identifier(): string {
    return `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}.${this.attribute}`;
  }

  resolve(context: IResolveContext): unknown {
    const stack = TerraformStack.of(context.scope);
    if (stack !== this.originStack) return ref(this.identifier, this.originStack as TerraformStack);
    return context.suppressBraces ? this.identifier : `\${${this.identifier}}`;
  }

  toString(): string {
    return Token.asString(this);
  }
}
