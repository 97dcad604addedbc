import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { VirtConstructsError } from "./errors";

/** Everything of the engine that this package uses; no other file imports "cdktf". */
export type {
  IInterpolatingParent,
  IPostProcessor,
  IResolvable,
  IResolveContext,
  ISynthesisSession,
  ITerraformDependable,
  TerraformMetaArguments,
} from "cdktf";
export {
  App,
  ComplexList,
  ComplexObject,
  DefaultTokenResolver,
  Fn,
  ImportableResource,
  Lazy,
  ref,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";

interface Engine {
  /** `cdktf`, or the name of a fork. */
  readonly name: string;
  readonly version: string;
}

/** jsii writes on every exported class the package that it belongs to. */
function engineOf(stackClass: unknown): Engine | undefined {
  for (let c = stackClass; typeof c === "function"; c = Object.getPrototypeOf(c)) {
    const info: { fqn: string; version: string } | undefined = Reflect.get(c, Symbol.for("jsii.rtti"));
    const [name, className] = info?.fqn.split(".") ?? [];
    if (info && name && className === "TerraformStack") return { name, version: info.version };
  }
  return undefined;
}

function stackOf(scope: IConstruct): IConstruct | undefined {
  for (let c: IConstruct | undefined = scope; c; c = c.node.scope) {
    if (TerraformStack.isStack(c)) return c;
  }
  return undefined;
}

const accepted = new WeakSet<IConstruct>();

/**
 * Refuses a stack of another engine. cdktf and its forks recognize each other's constructs, so that a mix gets
 * as far as synth and fails there on a private method which the other engine's elements do not have. Two copies
 * of the same engine and version do work together.
 */
export function assertSingleEngine(scope: Construct): void {
  const stack = stackOf(scope);
  if (stack === undefined || accepted.has(stack)) return;
  const ours = engineOf(TerraformStack);
  const theirs = engineOf(stack.constructor);
  if (ours && theirs && (ours.name !== theirs.name || ours.version !== theirs.version)) {
    const alias = theirs.name === "cdktf" ? theirs.version : `npm:${theirs.name}@${theirs.version}`;
    throw new VirtConstructsError(
      `stack "${stack.node.path}" is made by ${theirs.name} ${theirs.version}, but virt-constructs is bound to ${ours.name} ${ours.version}\n` +
        `fix: in package.json write "cdktf": "${alias}" under dependencies and run npm install again`,
    );
  }
  accepted.add(stack);
}
