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
const references = new Map<string, AttributeReference>();
const MARKER = /\$\{TfToken\[[^\]]+\]\}/g;

/** The bare address of a resource, where Terraform takes no interpolation: `libvirt_volume.root`. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

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
    const reference = new AttributeReference(resource, attribute);
    token = Token.asString(reference);
    own.set(attribute, token);
    references.set(token, reference);
  }
  return token;
}

/**
 * The text with references to resources of this stack written as the expressions that they will be. The engine then
 * has nothing to resolve, which it would do several times at a high price. References across stacks stay tokens.
 */
export function withExpressions(text: string, stack: IConstruct): string {
  return text.replace(MARKER, (marker) => {
    const reference = references.get(marker);
    return reference?.originStack === stack ? `\${${reference.identifier}}` : marker;
  });
}

class AttributeReference implements IResolvable {
  readonly creationStack = [];
  /** Named like the engine's own reference, by which a reader of the tree recognises both. */
  readonly originStack: IConstruct;

  /** The engine's own reference for other stacks: one, as it remembers what it has prepared there. */
  private crossing?: IResolvable;

  constructor(
    private readonly resource: TerraformResource,
    private readonly attribute: string,
  ) {
    this.originStack = TerraformStack.of(resource);
  }

  get identifier(): string {
    return `${addressOf(this.resource)}.${this.attribute}`;
  }

  resolve(context: IResolveContext): unknown {
    const stack = TerraformStack.of(context.scope);
    if (stack !== this.originStack) {
      this.crossing ??= ref(this.identifier, this.originStack as TerraformStack);
      return this.crossing;
    }
    return context.suppressBraces ? this.identifier : `\${${this.identifier}}`;
  }

  toString(): string {
    return Token.asString(this);
  }
}
