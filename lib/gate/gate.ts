import type { IConstruct } from "constructs";
import { type App, type ISynthesisSession, TerraformElement } from "../engine";
import { acknowledgementsBelow, type PlanAcknowledgement } from "../plan/acknowledgement";
import { buildPlan, joinPlans, type RawPlan } from "../plan/build";
import { type ReadBefore, readStack, type StackPlan, stacksBelow } from "../plan/construct-reader";
import type { Plan } from "../plan/plan";
import type { RawResource } from "../plan/resource";
import type { Finding } from "../rule";
import { rulesetOf, type ValidationConfig } from "../validation/config";
import { reasonsToRefuse, refuses, undecided, type Verdict, validate } from "../validation/validate";
import { removeTerraform } from "./output";
import { PlanRefused } from "./refusal";
import { type Remarks, Reporter } from "./reporter";
import { tokenEngine } from "./token-engine";

const GATE = Symbol.for("virt-constructs/gate");
/** Where the engine looks for what to call before it renders a stack into a folder. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
const ELEMENT_ID = "virt-constructs-gate";

const SWITCHED_OFF =
  "The gate is switched off (reportOnly): Terraform is written in spite of these findings.";

/** What a stack renders into. */
type Output = "json" | "hcl";

/**
 * Stands between the constructs and the files of a synth: evaluates the plan of the whole app, prints the report
 * and refuses a plan with errors before any Terraform is on disk. Every stack with a libvirt provider or resource
 * of this library has it.
 *
 * A plan is judged before aspects run and again after them: an aspect can spoil a plan, but not mend one.
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
    if (!isGuarded(stack)) Gate.of(stack).guard(stack);
  }

  private readonly read = new Map<IConstruct, Reading>();
  private readonly elements: ReadBefore = new WeakMap();
  private plan?: Plan;
  private verdict?: Verdict;
  /** Whether a reading is newer than the verdict. */
  private changed = true;
  /** The stack that the engine is about to render into the app's own folder. */
  private writing?: IConstruct;
  private refuses = true;
  private config: ValidationConfig = {};
  private ruleset = rulesetOf();
  /** The acknowledgements as they were read, as a text by which another reading is compared with it. */
  private accepted = "";
  private readonly reporter = new Reporter();

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

  /**
   * Chooses which rules run, how severe they are, and what a plan is refused for. What a second call does not name
   * stays as it was.
   *
   * @throws VirtConstructsError when the configuration names what there is not.
   * @returns this gate
   */
  configure(config: ValidationConfig): this {
    const merged = { ...this.config, ...config };
    this.ruleset = rulesetOf(merged);
    this.config = merged;
    this.changed = true;
    return this;
  }

  /**
   * Asks for reports beside the one that is printed, each as a format or `format=file`: `"sarif=virt.sarif"`. They are
   * written before a refusal, and are all that it leaves. So are those that the environment variable
   * `VIRT_CONSTRUCTS_REPORT` names, separated by commas.
   *
   * @throws VirtConstructsError when there is no such format.
   * @returns this gate
   */
  reportTo(...formats: readonly string[]): this {
    this.reporter.ask(formats);
    return this;
  }

  /** The verdict on the whole app as it stands now. Prints nothing and throws nothing. */
  evaluate(): Verdict {
    this.readAll();
    return this.judge();
  }

  /**
   * The plan as it stands now, and the findings for which a synth would refuse it. For tests of plans.
   *
   * @internal
   */
  trial(): { readonly plan: Plan; readonly reasons: readonly Finding[] } {
    const { findings } = this.evaluate();
    return { plan: this.plan!, reasons: reasonsToRefuse(findings, this.ruleset.failOn) };
  }

  /**
   * Called for each stack while it is prepared and again when it renders. Only a plan that changed since, by an
   * aspect or a late override, is judged anew.
   *
   * @throws PlanRefused when the plan has errors and the gate refuses.
   * @internal
   */
  check(stack: IConstruct, output: Output): void {
    const writesMore = this.writesMoreAfter(stack);
    // A refusal may be stale in a second synth of one process: another stack may have been mended since.
    if (this.verdict === undefined || this.isRefusal()) this.readAll(stack, output);
    else this.readAgain(stack, output);
    // Aspects on many stacks must not cost a judgement for each: a refusal takes back what is written till then.
    if (this.verdict && this.changed && writesMore) return;
    const verdict = this.judge();
    if (!this.isRefusal()) {
      this.reporter.report(verdict, this.remarks(verdict));
      return;
    }
    this.reporter.reportRefusal(verdict, this.remarks(verdict, this.removeTerraform()));
    throw asUncaught(new PlanRefused(verdict), "node-do-not-add-exception-line");
  }

  /**
   * Called for a stack just before it renders into a folder.
   *
   * @internal
   */
  enter(stack: IConstruct, { manifest }: ISynthesisSession): void {
    this.writing = manifest === (this.root as App).manifest ? stack : undefined;
  }

  /** Whether this is the engine's synth of the whole app, which renders one stack after the other, and not the last. */
  private writesMoreAfter(stack: IConstruct): boolean {
    const writing = this.writing === stack;
    this.writing = undefined;
    return writing && [...this.read.keys()].filter(isGuarded).at(-1) !== stack;
  }

  private guard(stack: IConstruct): void {
    if (!isGuarded(stack)) new GateElement(stack, this);
  }

  private readAll(rendering?: IConstruct, output: Output = "json"): void {
    const stacks = stacksBelow(this.root);
    for (const stack of this.read.keys()) if (!stacks.includes(stack)) this.forget(stack);
    for (const stack of stacks) this.readAgain(stack, stack === rendering ? output : "json");
    if (textOf(acknowledgementsBelow(this.root)) !== this.accepted) this.changed = true;
  }

  private readAgain(stack: IConstruct, output: Output): void {
    const raw = readStack(stack, tokenEngine, { before: this.elements, output });
    // Other bindings do not install the gate, and a stack may be made after Gate.of was called.
    if (raw.resources.length + raw.providers.length > 0) this.guard(stack);
    const reading = { raw, texts: textsOf(raw) };
    if (same(this.read.get(stack), reading)) return;
    this.read.set(stack, reading);
    this.changed = true;
  }

  private forget(stack: IConstruct): void {
    this.read.delete(stack);
    this.changed = true;
  }

  private judge(): Verdict {
    if (this.verdict && !this.changed) return this.verdict;
    const parts = [...this.read.values()].map(({ raw }) => raw);
    const acknowledgements = acknowledgementsBelow(this.root);
    this.plan = buildPlan({
      ...joinPlans(parts),
      acknowledgements,
      today: this.ruleset.today,
    });
    this.accepted = textOf(acknowledgements);
    this.verdict = validate(this.plan, this.ruleset.rules, { ...this.ruleset, onCrash: undecided });
    this.changed = false;
    return this.verdict;
  }

  private isRefusal(): boolean {
    return this.refuses && this.verdict !== undefined && this.isRefused(this.verdict);
  }

  private isRefused({ findings }: Verdict): boolean {
    return refuses(findings, this.ruleset.failOn);
  }

  private remarks(verdict: Verdict, aside = ""): Remarks {
    const switchedOff = !this.refuses && this.isRefused(verdict);
    return { plan: this.plan, rules: this.ruleset.rules, notes: switchedOff ? [SWITCHED_OFF] : [], aside };
  }

  /** Removes what this or an earlier synth wrote, and says what it could not remove. */
  private removeTerraform(): string {
    const { outdir } = this.root as App;
    const left = typeof outdir === "string" ? removeTerraform(outdir) : [];
    return left
      .map((file) => `\nCould not remove ${file}, which was not made from this plan: do not apply it.\n`)
      .join("");
  }
}

function isGuarded(stack: IConstruct): boolean {
  return stack.node.tryFindChild(ELEMENT_ID) !== undefined;
}

/**
 * Of an error that nobody catches, Node prints the line that threw it, which is none of the user's and so much
 * longer than the message. It leaves that out where the line holds a certain text.
 */
function asUncaught<E extends Error>(error: E, _textInTheLine: string): E {
  return error;
}

/** A stack as it was read, and the texts by which another reading is compared with it. */
interface Reading {
  readonly raw: RawPlan;
  readonly texts: ReadonlyMap<RawResource | "providers" | "removals", string>;
}

/** Without the line in the program, which takes time to find. */
function textOf(acknowledgements: readonly PlanAcknowledgement[]): string {
  return JSON.stringify(acknowledgements, ["constructPath", "code", "reason", "expires"]);
}

/** Texts, because what a user's own class of elements hands out may be changed in place afterwards. */
function textsOf({ providers, removals, fresh }: StackPlan): Reading["texts"] {
  const texts = new Map<RawResource | "providers" | "removals", string>();
  texts.set("removals", JSON.stringify(removals));
  texts.set(
    "providers",
    JSON.stringify(providers.map((each) => [each.alias, each.uri, each.propIssues?.length])),
  );
  for (const resource of fresh) {
    const { type, name, attributes, provider, propIssues } = resource;
    texts.set(resource, JSON.stringify([type, name, attributes, provider, propIssues?.length]));
  }
  return texts;
}

/** Whether two readings of a stack say the same. Most resources are the same object: they were not read again. */
function same(before: Reading | undefined, now: Reading): boolean {
  if (before?.raw.resources.length !== now.raw.resources.length) return false;
  if (before.texts.get("providers") !== now.texts.get("providers")) return false;
  return now.raw.resources.every((resource, index) => {
    const last = before.raw.resources[index]!;
    const text = now.texts.get(resource);
    return last === resource || (text !== undefined && text === before.texts.get(last));
  });
}

/** The engine renders every element of every stack before it writes the first file; this one renders nothing. */
class GateElement extends TerraformElement {
  constructor(
    private readonly stack: IConstruct,
    private readonly gate: Gate,
  ) {
    super(stack, ELEMENT_ID);
    const onSynthesize = (session: ISynthesisSession) => gate.enter(stack, session);
    Object.defineProperty(this, CUSTOM_SYNTHESIS, { value: { onSynthesize } });
  }

  override toTerraform(): object {
    this.gate.check(this.stack, "json");
    return {};
  }

  override toHclTerraform(): object {
    this.gate.check(this.stack, "hcl");
    return {};
  }
}
