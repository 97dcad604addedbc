import type { IConstruct } from "constructs";
import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  Tokenization,
} from "../engine";
import { crossUnitExpression } from "../plan/references";
import { asReference, type TokenEngine } from "../plan/tokens";

/**
 * Resolves as the engine does, but for references into another stack. Those the engine turns into outputs and
 * remote states of Terraform when it prepares a stack, and before that into the address alone, which may be that of
 * a resource of this stack.
 */
class PlanResolver extends DefaultTokenResolver {
  constructor(private readonly stack: IConstruct) {
    super(new StringConcat());
  }

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const { identifier, originStack } = asReference(token) ?? {};
    if (identifier === undefined || originStack === undefined || originStack === this.stack) {
      return super.resolveToken(token, context, postProcessor);
    }
    const expression = crossUnitExpression(originStack.node.path || originStack.node.id, identifier);
    return context.suppressBraces ? expression.slice(2, -1) : expression;
  }
}

/** The tokens of the engine that this package is bound to. */
export const tokenEngine: TokenEngine = {
  resolve: (stack, value) =>
    Tokenization.resolve(value, { scope: stack, resolver: new PlanResolver(stack), preparing: false }),
  reverse: (text) => {
    const { tokens, literals, intrinsic } = Tokenization.reverseString(text);
    return tokens.length === 1 && literals.length === 0 && intrinsic.length === 0 ? tokens[0] : undefined;
  },
};
