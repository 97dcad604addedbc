import type { IConstruct } from "constructs";
import { type App, DefaultTokenResolver, StringConcat, TerraformElement, Tokenization } from "../engine";
import { buildPlan, type RawPlan } from "../plan/build";
import { type ReadBefore, readStack, stacksBelow } from "../plan/construct-reader";
import type { RawResource } from "../plan/resource";
import type { TokenEngine } from "../plan/tokens";
import { textReport } from "../report/text";
import { rules } from "../rules/registry.generated";
import { countErrors, type Verdict, validate } from "../validation/validate";
import { removeTerraform } from "./output";
import { PlanRefused } from "./refusal";

const GATE = Symbol.for("virt-constructs/gate");
const ELEMENT_ID = "virt-constructs-gate";

const resolver = new DefaultTokenResolver(new StringConcat());

const engine: TokenEngine = {
  resolve: (scope, value) => Tokenization.resolve(value, { scope, resolver, preparing: false }),
  reverse: (text) => {
    const { tokens, literals, intrinsic } = Tokenization.reverseString(text);
    return tokens.length === 1 && literals.length === 0 && intrinsic.length === 0 ? tokens[0] : undefined;
  },
};

/**
 * Stands between the constructs and the files of a synth: evaluates the plan of the whole app, prints the report
 * and refuses a plan with errors before any Terraform is on disk. Every stack with a libvirt provider or resource
 * of this library has it.
 */
export class Gate {
  /**
   * The gate of the app that a construct belongs to. Installs it where it is not yet, for programs that use
   * bindings which do not install it themselves: call it once with the app after the stacks are made.
   */
  static of(scope: IConstruct): Gate {
    const root = scope.node.root as IConstruct & { [GATE]?: Gate };
    if (root[GATE] === undefined) Object.defineProperty(root, GATE, { value: new Gate(root) });
    const gate = root[GATE]!;
    for (const stack of stacksBelow(scope)) gate.guard(stack);
    return gate;
  }

  /** Puts the gate into the stack of a construct. Cheap when it is there already. */
  static guard(stack: IConstruct): void {
    if (stack.node.tryFindChild(ELEMENT_ID) === undefined) Gate.of(stack).guard(stack);
  }

  private readonly read = new Map<IConstruct, RawPlan>();
  private readonly elements: ReadBefore = new WeakMap();
  private verdict?: Verdict;
  private refuses = true;
  private printed = "";

  private constructor(private readonly root: IConstruct) {}

  /**
   * Reports but refuses nothing: the one way to switch the gate off. The report says so.
   *
   * @returns this gate
   */
  reportOnly(): this {
    this.refuses = false;
    return this;
  }

  /** The verdict on the whole app as it stands now. Prints nothing and throws nothing. */
  evaluate(): Verdict {
    this.readAll();
    return this.judge();
  }

  /**
   * Called for each stack while it is prepared and again when it renders. Only a plan that changed since, by an
   * aspect or a late override, is judged anew.
   *
   * @throws PlanRefused when the plan has errors and the gate refuses.
   * @internal
   */
  check(stack: IConstruct): void {
    // A refusal may be stale in a second synth of one process: another stack may have been mended since.
    if (this.verdict === undefined || this.isRefusal()) this.readAll();
    else this.readAgain(stack);
    const verdict = this.judge();
    this.print(verdict);
    if (!this.isRefusal()) return;
    const { outdir } = this.root as App;
    if (typeof outdir === "string") removeTerraform(outdir);
    throw new PlanRefused(verdict);
  }

  private guard(stack: IConstruct): void {
    if (stack.node.tryFindChild(ELEMENT_ID) === undefined) new GateElement(stack, this);
  }

  private readAll(): void {
    for (const stack of stacksBelow(this.root)) this.readAgain(stack);
  }

  private readAgain(stack: IConstruct): void {
    const raw = readStack(stack, engine, this.elements);
    if (same(this.read.get(stack), raw)) return;
    this.read.set(stack, raw);
    this.verdict = undefined;
  }

  private judge(): Verdict {
    if (this.verdict) return this.verdict;
    const parts = [...this.read.values()];
    const plan = buildPlan({
      providers: parts.flatMap((part) => part.providers),
      resources: parts.flatMap((part) => part.resources),
    });
    this.verdict = validate(plan, rules);
    return this.verdict;
  }

  private isRefusal(): boolean {
    return this.refuses && this.verdict !== undefined && countErrors(this.verdict.findings) > 0;
  }

  private print(verdict: Verdict): void {
    const color = process.stderr.isTTY === true && !process.env.NO_COLOR;
    let text = textReport(verdict, { color });
    if (!this.refuses && countErrors(verdict.findings) > 0) {
      text += "\nThe gate is switched off (reportOnly): Terraform is written in spite of these errors.\n";
    }
    if (text === "" || text === this.printed) return;
    this.printed = text;
    process.stderr.write(text);
  }
}

/** Whether two readings of a stack say the same. Most resources are the same object: they were not read again. */
function same(before: RawPlan | undefined, now: RawPlan): boolean {
  if (before?.resources.length !== now.resources.length) return false;
  if (
    text(before.providers.map(({ alias, uri }) => [alias, uri])) !==
    text(now.providers.map(({ alias, uri }) => [alias, uri]))
  )
    return false;
  return now.resources.every((resource, index) => {
    const last = before.resources[index]!;
    return last === resource || text(identity(last)) === text(identity(resource));
  });
}

function identity({ type, name, attributes, provider, propIssues }: RawResource): unknown[] {
  return [type, name, attributes, provider, propIssues?.length];
}

const text = JSON.stringify;

/** The engine renders every element of every stack before it writes the first file; this one renders nothing. */
class GateElement extends TerraformElement {
  constructor(
    private readonly stack: IConstruct,
    private readonly gate: Gate,
  ) {
    super(stack, ELEMENT_ID);
  }

  override toTerraform(): object {
    this.gate.check(this.stack);
    return {};
  }

  override toHclTerraform(): object {
    this.gate.check(this.stack);
    return {};
  }
}
